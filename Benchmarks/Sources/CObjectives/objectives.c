#include "CObjectives.h"

static long evaluations = 0;

long lbfgs_evaluations(void) {
  long count = evaluations;
  evaluations = 0;
  return count;
}

double separable_quadratic(ptrdiff_t n, const double *x, const double *d, double *g) {
  double sum[4] = {0};
  ptrdiff_t i = 0;
  for (; i + 4 <= n; i += 4)
    for (int j = 0; j < 4; j++) {
      double away = x[i + j] - 1;
      g[i + j] = d[i + j] * away;
      sum[j] += g[i + j] * away;
    }
  for (; i < n; i++) {
    g[i] = d[i] * (x[i] - 1);
    sum[0] += g[i] * (x[i] - 1);
  }
  return 0.5 * (sum[0] + sum[1] + sum[2] + sum[3]);
}

double rosenbrock(const double *x, double *g) {
  double a = 1 - x[0], b = x[1] - x[0] * x[0];
  g[0] = -2 * a - 400 * x[0] * b;
  g[1] = 200 * b;
  return a * a + 100 * b * b;
}

double lbfgs_quadratic(void *instance, const double *x, double *g, const int n, const double step) {
  evaluations++;
  return separable_quadratic(n, x, instance, g);
}

double lbfgs_rosenbrock(void *instance, const double *x, double *g, const int n, const double step) {
  evaluations++;
  return rosenbrock(x, g);
}
