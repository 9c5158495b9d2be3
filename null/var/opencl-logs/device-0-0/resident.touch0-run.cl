extern "C" __global__ void run(long long *_kernel_context, unsigned char *_constant_region, unsigned char *_local_region, int *_atomics, unsigned char *a, unsigned char *b, unsigned char *r, unsigned char *c, unsigned char *d, unsigned char *e, unsigned char *f, unsigned char *g, unsigned char *h, unsigned char *i, unsigned char *j, unsigned char *k, unsigned char *l, unsigned char *m, unsigned char *n, unsigned char *o, unsigned char *p, unsigned char *q)
{
  int i_18, i_25, i_23, i_21; 
  unsigned long long ul_28, ul_26, ul_32, ul_30, ul_20, ul_24, ul_22, ul_44, ul_42, ul_48, ul_46, ul_36, ul_34, ul_40, ul_38, ul_1, ul_0, ul_52, ul_50, ul_54, ul_13, ul_12, ul_11, ul_10, ul_17, ul_16, ul_15, ul_14, ul_5, ul_4, ul_3, ul_2, ul_9, ul_8, ul_7, ul_6; 
  float f_55, f_29, f_27, f_33, f_31, f_37, f_35, f_41, f_39, f_45, f_43, f_49, f_47, f_53, f_51; 
  bool b_19; 

  // BLOCK 0
  ul_0  =  (unsigned long long) a;
  ul_1  =  (unsigned long long) b;
  ul_2  =  (unsigned long long) r;
  ul_3  =  (unsigned long long) c;
  ul_4  =  (unsigned long long) d;
  ul_5  =  (unsigned long long) e;
  ul_6  =  (unsigned long long) f;
  ul_7  =  (unsigned long long) g;
  ul_8  =  (unsigned long long) h;
  ul_9  =  (unsigned long long) i;
  ul_10  =  (unsigned long long) j;
  ul_11  =  (unsigned long long) k;
  ul_12  =  (unsigned long long) l;
  ul_13  =  (unsigned long long) m;
  ul_14  =  (unsigned long long) n;
  ul_15  =  (unsigned long long) o;
  ul_16  =  (unsigned long long) p;
  ul_17  =  (unsigned long long) q;
  i_18  =  (blockIdx.x*blockDim.x+threadIdx.x);
  b_19  =  i_18 == 0;
  if(b_19)
  {
    // BLOCK 1
    ul_20  =  ul_0 + 16L;
    i_21  =  *(( int *) ul_20);
    *(( int *) ul_20)  =  i_21;
    ul_22  =  ul_1 + 16L;
    i_23  =  *(( int *) ul_22);
    *(( int *) ul_22)  =  i_23;
    ul_24  =  ul_2 + 16L;
    i_25  =  *(( int *) ul_24);
    *(( int *) ul_24)  =  i_25;
    ul_26  =  ul_3 + 16L;
    f_27  =  *(( float *) ul_26);
    *(( float *) ul_26)  =  f_27;
    ul_28  =  ul_4 + 16L;
    f_29  =  *(( float *) ul_28);
    *(( float *) ul_28)  =  f_29;
    ul_30  =  ul_5 + 16L;
    f_31  =  *(( float *) ul_30);
    *(( float *) ul_30)  =  f_31;
    ul_32  =  ul_6 + 16L;
    f_33  =  *(( float *) ul_32);
    *(( float *) ul_32)  =  f_33;
    ul_34  =  ul_7 + 16L;
    f_35  =  *(( float *) ul_34);
    *(( float *) ul_34)  =  f_35;
    ul_36  =  ul_8 + 16L;
    f_37  =  *(( float *) ul_36);
    *(( float *) ul_36)  =  f_37;
    ul_38  =  ul_9 + 16L;
    f_39  =  *(( float *) ul_38);
    *(( float *) ul_38)  =  f_39;
    ul_40  =  ul_10 + 16L;
    f_41  =  *(( float *) ul_40);
    *(( float *) ul_40)  =  f_41;
    ul_42  =  ul_11 + 16L;
    f_43  =  *(( float *) ul_42);
    *(( float *) ul_42)  =  f_43;
    ul_44  =  ul_12 + 16L;
    f_45  =  *(( float *) ul_44);
    *(( float *) ul_44)  =  f_45;
    ul_46  =  ul_13 + 16L;
    f_47  =  *(( float *) ul_46);
    *(( float *) ul_46)  =  f_47;
    ul_48  =  ul_14 + 16L;
    f_49  =  *(( float *) ul_48);
    *(( float *) ul_48)  =  f_49;
    ul_50  =  ul_15 + 16L;
    f_51  =  *(( float *) ul_50);
    *(( float *) ul_50)  =  f_51;
    ul_52  =  ul_16 + 16L;
    f_53  =  *(( float *) ul_52);
    *(( float *) ul_52)  =  f_53;
    ul_54  =  ul_17 + 16L;
    f_55  =  *(( float *) ul_54);
    *(( float *) ul_54)  =  f_55;
  }  // B0
  else
  {
    // BLOCK 2
  }  // B0
  // BLOCK 3 MERGES [2 1 ]
  return;
}  //  kernel
