#ifndef CLeastSquares_h
#define CLeastSquares_h

#ifdef __cplusplus
extern "C" {
#endif

// The residuals b₁(1 − exp(−b₂x)) − y of NIST's Misra1a, 14 of them, and where J is not null their Jacobian in columns.
// All libraries call this very function.
void misra1a(const double *b, double *r, double *J);

// How often it was called without and with a Jacobian since this was last asked.
void misra1a_calls(long *residuals, long *jacobians);

// A whole solve from b, which becomes the solution: MINPACK's lmder1 and Ceres's TinySolver, whose own tolerances are
// replaced where a positive one is given.
void solve_with_minpack(double *b, double tolerance);
void solve_with_tiny_solver(double *b, double tolerance);

#ifdef __cplusplus
}
#endif
#endif
