#ifndef CObjectives_h
#define CObjectives_h
#include <stddef.h>

// f(x) = ½ Σ dᵢ (xᵢ − 1)², its gradient written into g. Both libraries call this very function.
double separable_quadratic(ptrdiff_t n, const double *x, const double *d, double *g);

// Rosenbrock's function of two variables.
double rosenbrock(const double *x, double *g);

// An objective in the shape that liblbfgs calls: `instance` points at d, or at nothing.
double lbfgs_quadratic(void *instance, const double *x, double *g, const int n, const double step);
double lbfgs_rosenbrock(void *instance, const double *x, double *g, const int n, const double step);

// How often the last two were called since it was last asked.
long lbfgs_evaluations(void);
#endif
