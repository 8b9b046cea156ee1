// Stands in front of glibc's allocator: the test executable's own malloc is found before the library's, by the
// Swift runtime and by OpenBLAS too.
#include "CAllocationCounter.h"

#include <errno.h>
#include <stddef.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static __thread int counting;
static __thread long allocations;

void secant_count_allocations(void) {
  allocations = 0;
  counting = 1;
}

long secant_allocations_counted(void) {
  counting = 0;
  return allocations;
}

static void note(void) {
  if (counting) allocations += 1;
}

void *malloc(size_t size) {
  note();
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  note();
  return __libc_calloc(count, size);
}

void *realloc(void *block, size_t size) {
  note();
  return __libc_realloc(block, size);
}

void *memalign(size_t alignment, size_t size) {
  note();
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  note();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  note();
  void *fresh = __libc_memalign(alignment, size);
  if (!fresh) return ENOMEM;
  *block = fresh;
  return 0;
}
