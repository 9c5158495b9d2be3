extern "C" __global__ void run(long long *_kernel_context, unsigned char *_constant_region, unsigned char *_local_region, int *_atomics, unsigned char *operands, unsigned char *inputs, unsigned char *active, unsigned char *draws, int at)
{
  int i_33, i_32, i_27, i_25, i_20, i_15, i_44, i_43, i_10, i_9, i_6, i_38, i_5; 
  unsigned long long ul_1, ul_0, ul_31, ul_19, ul_24, ul_42, ul_48, ul_14, ul_37, ul_4, ul_3, ul_2, ul_8; 
  long long l_16, l_17, l_18, l_12, l_13, l_45, l_46, l_47, l_21, l_22, l_23, l_34, l_35, l_28, l_29, l_30, l_40, l_41, l_11, l_36, l_39; 
  bool b_7, b_26; 

  // BLOCK 0
  ul_0  =  (unsigned long long) operands;
  ul_1  =  (unsigned long long) inputs;
  ul_2  =  (unsigned long long) active;
  ul_3  =  (unsigned long long) draws;
  ul_4  =  ul_0 + 24L;
  i_5  =  *(( int *) ul_4);
  i_6  =  (blockIdx.x*blockDim.x+threadIdx.x);
  b_7  =  i_6 < i_5;
  if(b_7)
  {
    // BLOCK 1
    ul_8  =  ul_0 + 32L;
    i_9  =  *(( int *) ul_8);
    i_10  =  i_9 * i_6;
    l_11  =  (long long) i_10;
    l_12  =  l_11 + 4L;
    l_13  =  l_12 << 2;
    ul_14  =  ul_1 + l_13;
    i_15  =  *(( int *) ul_14);
    l_16  =  (long long) i_6;
    l_17  =  l_16 + 4L;
    l_18  =  l_17 << 2;
    ul_19  =  ul_2 + l_18;
    *(( int *) ul_19)  =  i_15;
    i_20  =  i_10 + 8;
    l_21  =  (long long) i_20;
    l_22  =  l_21 + 4L;
    l_23  =  l_22 << 2;
    ul_24  =  ul_1 + l_23;
    i_25  =  *(( int *) ul_24);
    b_26  =  i_25 == 0;
    if(b_26)
    {
      // BLOCK 2
      return;
    }  // B1
    else
    {
      // BLOCK 3
      i_27  =  i_10 + 9;
      l_28  =  (long long) i_27;
      l_29  =  l_28 + 4L;
      l_30  =  l_29 << 2;
      ul_31  =  ul_1 + l_30;
      i_32  =  *(( int *) ul_31);
      i_33  =  i_6 << 2;
      l_34  =  (long long) i_33;
      l_35  =  l_34 + 4L;
      l_36  =  l_35 << 2;
      ul_37  =  ul_3 + l_36;
      *(( int *) ul_37)  =  i_32;
      i_38  =  i_10 + 10;
      l_39  =  (long long) i_38;
      l_40  =  l_39 + 4L;
      l_41  =  l_40 << 2;
      ul_42  =  ul_1 + l_41;
      i_43  =  *(( int *) ul_42);
      i_44  =  i_33 + 1;
      l_45  =  (long long) i_44;
      l_46  =  l_45 + 4L;
      l_47  =  l_46 << 2;
      ul_48  =  ul_3 + l_47;
      *(( int *) ul_48)  =  i_43;
      return;
    }  // B1
  }  // B0
  else
  {
    // BLOCK 4
  }  // B0
  // BLOCK 5 MERGES [4 2 3 ]
  return;
}  //  kernel
