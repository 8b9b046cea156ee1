// Debian's liblbfgs-dev: Okazaki's C port of Nocedal's code, built with SSE2.
#include <lbfgs.h>
