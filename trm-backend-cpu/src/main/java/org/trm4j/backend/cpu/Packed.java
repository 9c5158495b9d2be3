package org.trm4j.backend.cpu;

/**
 * The weights of a linear map y = W x in the layout that one {@link Kernels} wants.
 *
 * @param in length of x
 * @param out length of y
 * @param data the layout is the kernels' own
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity, never by value
record Packed(int in, int out, float[] data) {}
