#include "CLeastSquares.h"
#include <ceres/tiny_solver.h>

namespace {
struct Misra1a {
  typedef double Scalar;
  enum { NUM_RESIDUALS = 14, NUM_PARAMETERS = 2 };
  bool operator()(const double *b, double *r, double *J) const {
    misra1a(b, r, J);
    return true;
  }
};
}  // namespace

void solve_with_tiny_solver(double *b, double tolerance) {
  ceres::TinySolver<Misra1a> solver;
  if (tolerance > 0) {
    solver.options.gradient_tolerance = tolerance;
    solver.options.parameter_tolerance = tolerance;
    solver.options.function_tolerance = tolerance;
  }
  ceres::TinySolver<Misra1a>::Parameters parameters(b[0], b[1]);
  solver.Solve(Misra1a(), &parameters);
  b[0] = parameters[0];
  b[1] = parameters[1];
}
