// Fused elementwise kernels and reductions over float and double.
//
// One pass over memory each. The bits of a result depend on n and on the operands alone: neither the number of
// threads nor the instruction set changes them, because lanes, chunks and the order of summation are fixed and no
// multiplication is contracted with an addition.
#ifndef SECANT_CKERNELS_H
#define SECANT_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

// o: outputs o0, o1, o2 (updated in place where they stand on the right); i: inputs i0 … i3; c: scalars c0 … c5.
// An output overlaps no input, but for SECANT_STEP_DOT, where i0 may be o0.
enum secant_kernel {
  // Reductions.
  SECANT_DOT,               // Σ i0 i1
  SECANT_SUM,               // Σ i0
  SECANT_MAGNITUDES,        // Σ |i0|
  SECANT_SQUARED_DISTANCE,  // Σ (i0 − i1)²
  SECANT_SCALED_SQUARES,    // Σ (c0 i0)²
  SECANT_LARGEST,           // max |i0|, NaN when an element is
  // Fused with a reduction.
  SECANT_STEP_DOT,  // o0 ← c1 (i0 + c0 i1);  Σ o0 i2
  SECANT_PAIR,      // o0 ← i0 − i1, o1 ← i2 − i3;  Σ o0 o1, Σ o1², Σ o0²
  SECANT_SOPHIA_STEP,  // o1 ← c0 o1 + (1−c0) i0;  o0 ← c5 i1 + c4 clip(o1 / max(c1 i2 + c2, c3), ±1);  how many were clipped
  SECANT_CLIP,      // o0 ← c0 clip(i0 / max(c1 i1 + c2, c3), ±c4);  how many were clipped
  // Elementwise.
  SECANT_FILL,         // o0 ← c0
  SECANT_COPY,         // o0 ← i0
  SECANT_SCALE,        // o0 ← c0 o0
  SECANT_ADD,          // o0 ← o0 + c0 i0
  SECANT_SCALE_ADD,    // o0 ← c0 o0 + c1 i0
  SECANT_SCALED,       // o0 ← c0 i0
  SECANT_STEP,         // o0 ← i0 + c0 i1
  SECANT_COMBINATION,  // o0 ← c0 i0 + c1 i1
  SECANT_MULTIPLY,     // o0 ← o0 i0
  SECANT_DIVIDE,       // o0 ← o0 / i0
  SECANT_PRODUCT,      // o0 ← i0 i1
  SECANT_QUOTIENT,     // o0 ← i0 / i1
  SECANT_ADD_PRODUCT,  // o0 ← c0 o0 + c1 i0 i1
  SECANT_OVER_ROOT,    // o0 ← c0 i0 / (√i1 + c1)
  SECANT_BOUNDED,      // o0 ← −i0 clip(c0 / (√i1 + c1), c2, c3)
  SECANT_SIGN,         // o0 ← c0 sign(i0)
  SECANT_MAXIMUM,      // o0 ← max(o0, i0)
  SECANT_MAX_DECAY,    // o0 ← max(c0 o0, |i0|)
  SECANT_CLAMP,        // o0 ← min(max(o0, c0), c1)
  SECANT_BOX,          // o0 ← min(max(o0, i0), i1)
  SECANT_MOMENTUM,     // o1 ← c0 o1 + c1 i0;  o0 ← c2 o1 + c3 i0
  SECANT_ADAM,         // o1 ← c0 o1 + (1−c0) i0;  o2 ← c1 o2 + (1−c1) i0²;  o0 ← c2 o1 / (c3 √o2 + c4)
  SECANT_ADAMW,        // the same averages;  o0 ← c5 o0 + c2 o1 / (c3 √o2 + c4)
  SECANT_NADAM,        // the same averages;  o0 ← (c2 o1 + c3 i0) / (c4 √o2 + c5)
  SECANT_YOGI,         // the same, but o2 ← o2 − (1−c1) sign(o2 − i0²) i0²
  SECANT_BELIEF,       // o1 as above;  o2 ← c1 o2 + (1−c1) (i0 − o1)² + c3;  o0 ← c2 o1 / (c4 √o2 + c5)
  SECANT_NORMALISED,   // o1 ← c0 o1 + c1 i0²;  o0 ← c2 i0 / (√(o1 + c3) + c4)
  SECANT_GREATEST_AVERAGE,  // o1 ← c0 o1 + (1−c0) i0²;  o0 ← max(o0, c1 o1)
  SECANT_STANDARDISED, // averages o1 of i0, o2 of i0² that keep c0;  o0 ← c1 i0 / (√(o2 − o1² + c2) + c3)
  SECANT_ADADELTA,     // o1 ← c0 o1 + (1−c0) i0²;  Δ = i0 √(o2 + c1) / √(o1 + c1);  o2 ← c0 o2 + (1−c0) Δ²;  o0 ← c2 Δ
  SECANT_ADAMAX,       // o1 ← c0 o1 + (1−c0) i0;  o2 ← max(c1 o2, |i0| + c3);  o0 ← c2 o1 / o2
  SECANT_ADOPT,        // o1 ← c0 o1 + (1−c0) clip(i0 / max(√o2, c3), ±c4);  o2 ← c1 o2 + (1−c1) i0²;  o0 ← c2 o1
  SECANT_LION,         // o0 ← c2 sign(c0 o1 + (1−c0) i0);  o1 ← c1 o1 + (1−c1) i0
  SECANT_RPROP,        // see Vector.setResilient
  // Whole steps, from the point i1 to the next; from o0 where i1 is null.
  SECANT_MOMENTUM_STEP,  // o1 ← c0 o1 + c1 i0;  o0 ← i1 + c2 o1 + c3 i0
  SECANT_ADAM_STEP,    // the averages of SECANT_ADAM;  o0 ← c5 i1 + c2 o1 / (c3 √o2 + c4)
  SECANT_LION_STEP,    // the average of SECANT_LION;  o0 ← c3 i1 + c2 sign(c0 o1 + (1−c0) i0)
  SECANT_KERNEL_COUNT
};

// Threads that a kernel may use, the caller's own included; as many as there are cores until it is set.
int secant_threads(void);
void secant_set_threads(int count);

// The instruction set in use: 2 is AVX-512, 1 AVX2, 0 neither. Setting one that the machine lacks does nothing.
int secant_instruction_set(void);
void secant_set_instruction_set(int level);

#define SECANT_TINY 16

// What a step of a tape's loop does with its columns; see columns.c.
enum secant_column {
  SECANT_COLUMN_SUM,
  SECANT_COLUMN_DIFFERENCE,
  SECANT_COLUMN_PRODUCT,
  SECANT_COLUMN_QUOTIENT,
  SECANT_COLUMN_NEGATION
};

#define T double
#define I int64_t
#define NAME(name) secant_##name##_f64
#include "entries.inc"
#undef T
#undef I
#undef NAME
#define T float
#define I int32_t
#define NAME(name) secant_##name##_f32
#include "entries.inc"
#undef T
#undef I
#undef NAME

#endif
