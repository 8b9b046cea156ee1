#ifndef CBareCholesky_h
#define CBareCholesky_h
// What a step of Newton's method cannot do without: b ← A⁻¹b by LAPACKE's potrf and potrs, L over the lower triangle of A.
int bare_cholesky(int n, double *a, double *b);
#endif
