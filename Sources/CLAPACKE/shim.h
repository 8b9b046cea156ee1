// Debian's liblapacke-dev and libopenblas-dev: everything that costs O(n³) goes through here.
#include <cblas.h>
#include <lapacke.h>
