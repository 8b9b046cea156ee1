#include "CKernels.h"

#include <stdint.h>

#include "pool.h"

#pragma STDC FP_CONTRACT OFF

typedef struct { double *o[3]; const double *i[4]; double c[6]; bool streams; } call_f64;
typedef struct { float *o[3]; const float *i[4]; float c[6]; bool streams; } call_f32;

// 512 bits wide on every machine: where registers are narrower the compiler uses several, and the bits agree.
typedef double lanes_f64 __attribute__((vector_size(64), aligned(8), may_alias));
typedef float lanes_f32 __attribute__((vector_size(64), aligned(4), may_alias));
typedef double aligned_f64 __attribute__((vector_size(64), may_alias));
typedef float aligned_f32 __attribute__((vector_size(64), may_alias));
typedef int64_t bits_f64 __attribute__((may_alias));
typedef int32_t bits_f32 __attribute__((may_alias));

#define ROOT(x) __builtin_elementwise_sqrt(x)

// What was written past the caches is there before what follows, for every thread.
#if defined(__x86_64__)
#define FENCE __builtin_ia32_sfence()
#else
#define FENCE __atomic_thread_fence(__ATOMIC_SEQ_CST)
#endif

#define T double
#define V lanes_f64
#define ALIGNED aligned_f64
#define I bits_f64
#define CALL call_f64
#define SET(name) name##_f64_plain
#include "kernels.inc"
#undef SET
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define SET(name) name##_f64_avx2
#include "kernels.inc"
#undef SET
#pragma clang attribute pop
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw"))), apply_to = function)
#define SET(name) name##_f64_avx512
#include "kernels.inc"
#undef SET
#pragma clang attribute pop
#endif
#undef T
#undef V
#undef ALIGNED
#undef I
#undef CALL

#define T float
#define V lanes_f32
#define ALIGNED aligned_f32
#define I bits_f32
#define CALL call_f32
#define SET(name) name##_f32_plain
#include "kernels.inc"
#undef SET
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define SET(name) name##_f32_avx2
#include "kernels.inc"
#undef SET
#pragma clang attribute pop
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw"))), apply_to = function)
#define SET(name) name##_f32_avx512
#include "kernels.inc"
#undef SET
#pragma clang attribute pop
#endif
#undef T
#undef V
#undef ALIGNED
#undef I
#undef CALL

// MARK: The instruction set, chosen once

#if defined(__x86_64__)
static int best_level(void) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
      && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw"))
    return 2;
  return __builtin_cpu_supports("avx2") ? 1 : 0;
}
#define TABLES(type) table_##type##_plain, table_##type##_avx2, table_##type##_avx512
#else
static int best_level(void) { return 0; }
#define TABLES(type) table_##type##_plain
#endif

typedef void (*kernel_f64)(const call_f64 *, ptrdiff_t, ptrdiff_t, double *);
typedef void (*kernel_f32)(const call_f32 *, ptrdiff_t, ptrdiff_t, float *);
static const kernel_f64 *const secant_tables_f64[] = {TABLES(f64)};
static const kernel_f32 *const secant_tables_f32[] = {TABLES(f32)};

static int secant_level = 0;
__attribute__((constructor)) static void choose_level(void) { secant_level = best_level(); }

int secant_instruction_set(void) { return secant_level; }
void secant_set_instruction_set(int level) {
  if (level >= 0 && level <= best_level()) secant_level = level;
}

// At most SECANT_MOST_CHUNKS chunks, of whole pages: it depends on n alone.
static ptrdiff_t secant_chunk(ptrdiff_t n) {
  ptrdiff_t chunk = (n + SECANT_MOST_CHUNKS - 1) / SECANT_MOST_CHUNKS;
  return chunk <= SECANT_GRAIN ? SECANT_GRAIN : (chunk + 511) / 512 * 512;
}

#define T double
#define CALL call_f64
#define NAME(name) secant_##name##_f64
#include "chunked.inc"
#undef T
#undef CALL
#undef NAME
#define T float
#define CALL call_f32
#define NAME(name) secant_##name##_f32
#include "chunked.inc"
