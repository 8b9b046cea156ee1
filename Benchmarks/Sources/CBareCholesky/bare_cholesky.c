#include "CBareCholesky.h"

// As in lapacke.h, which Secant's own module links.
enum { column_major = 102 };
int LAPACKE_dpotrf_work(int, char, int, double *, int);
int LAPACKE_dpotrs_work(int, char, int, int, const double *, int, double *, int);

int bare_cholesky(int n, double *a, double *b) {
  int info = LAPACKE_dpotrf_work(column_major, 'L', n, a, n);
  return info ? info : LAPACKE_dpotrs_work(column_major, 'L', n, 1, a, n, b, n);
}
