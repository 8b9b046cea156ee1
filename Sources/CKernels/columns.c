// Arithmetic on the columns of a tape's loops: values, tangents, adjoints and adjoints' tangents of +, −, ×, ÷ and
// negation. No two of a call's columns overlap, except that both operands may be one: so each operand's adjoint has a
// loop of its own.
#include "CKernels.h"

#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)
#define CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define CLONES
#endif

#define EACH for (ptrdiff_t i = 0; i < n; i++)

#define T double
#define NAME(name) secant_##name##_f64
#include "columns.inc"
#undef T
#undef NAME

#define T float
#define NAME(name) secant_##name##_f32
#include "columns.inc"
