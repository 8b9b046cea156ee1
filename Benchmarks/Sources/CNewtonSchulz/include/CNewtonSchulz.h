#ifndef C_NEWTON_SCHULZ_H
#define C_NEWTON_SCHULZ_H
#include <stddef.h>

// Jordan's five Newton–Schulz steps by general products, as Muon's reference code has them: x, of m ≤ n rows, column-major,
// becomes the orthogonalised g. y has m n elements, a and b have m m.
void newton_schulz_by_gemm(int m, int n, const float *g, float *x, float *y, float *a, float *b);

// x[i] += s z[i], for the machine's bandwidth: two reads and a write, with nothing read that is only written.
void triad(ptrdiff_t n, float *x, float s, const float *z);

#endif
