#include <stdbool.h>

#define SECANT_MOST_CHUNKS 256
// Below this many elements a kernel runs in one chunk.
#define SECANT_GRAIN 8192
// From this many elements a second thread pays.
#define SECANT_PARALLEL 100000
// From this many bytes on the vectors of a step are too large for a cache.
#define SECANT_STREAM (8 << 20)

// Runs step(context, j) for every j in 0 ..< count, on several threads where that is allowed and they are free.
void secant_each_chunk(int count, bool parallel, void (*step)(void *, int), void *context);
