#include "CLeastSquares.h"
#include <cminpack-1/cminpack.h>
#include <math.h>
#include <stddef.h>

#define M 14
static const double x[M] = {77.6,  114.9, 141.1, 190.8, 239.9, 289.0, 332.8,
                            378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0};
static const double y[M] = {10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02,
                            44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78};
static long residuals_count, jacobians_count;

void misra1a(const double *b, double *r, double *J) {
  if (J) jacobians_count++; else residuals_count++;
  for (int i = 0; i < M; i++) {
    double e = exp(-b[1] * x[i]);
    if (r) r[i] = b[0] * (1 - e) - y[i];
    if (J) {
      J[i] = 1 - e;
      J[i + M] = b[0] * x[i] * e;
    }
  }
}

void misra1a_calls(long *residuals, long *jacobians) {
  *residuals = residuals_count;
  *jacobians = jacobians_count;
  residuals_count = jacobians_count = 0;
}

static int minpack_function(void *p, int m, int n, const double *b, double *r, double *J, int ld, int flag) {
  (void)p, (void)m, (void)n, (void)ld;
  misra1a(b, flag == 1 ? r : NULL, flag == 2 ? J : NULL);
  return 0;
}

void solve_with_minpack(double *b, double tolerance) {
  double r[M], J[M * 2], work[5 * 2 + M];
  int pivots[2];
  lmder1(minpack_function, NULL, M, 2, b, r, J, M, tolerance, pivots, work, 5 * 2 + M);
}
