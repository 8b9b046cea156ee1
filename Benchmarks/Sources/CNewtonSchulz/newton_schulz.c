#include "CNewtonSchulz.h"

#include <math.h>
#include <string.h>

// As in cblas.h, which Secant's own module links.
enum { column_major = 102, plain = 111, transposed = 112 };
void cblas_sgemm(
    int order, int transA, int transB, int m, int n, int k, float alpha, const float *a, int lda, const float *b,
    int ldb, float beta, float *c, int ldc);
float cblas_snrm2(int n, const float *x, int incx);

void newton_schulz_by_gemm(int m, int n, const float *g, float *x, float *y, float *a, float *b) {
  float scale = 1 / (cblas_snrm2(m * n, g, 1) + 1e-7f);
  for (int i = 0; i < m * n; i++) x[i] = scale * g[i];
  for (int step = 0; step < 5; step++) {
    cblas_sgemm(column_major, plain, transposed, m, m, n, 1, x, m, x, m, 0, a, m);
    memcpy(b, a, (size_t)m * m * sizeof *b);
    cblas_sgemm(column_major, plain, plain, m, m, m, 2.0315f, a, m, a, m, -4.7750f, b, m);
    memcpy(y, x, (size_t)m * n * sizeof *y);
    cblas_sgemm(column_major, plain, plain, m, n, m, 1, b, m, x, m, 3.4445f, y, m);
    memcpy(x, y, (size_t)m * n * sizeof *x);
  }
}

#if defined(__x86_64__)
__attribute__((target_clones("avx512f", "avx2", "default")))
#endif
void triad(ptrdiff_t n, float *restrict x, float s, const float *restrict z) {
  for (ptrdiff_t i = 0; i < n; i++) x[i] += s * z[i];
}
