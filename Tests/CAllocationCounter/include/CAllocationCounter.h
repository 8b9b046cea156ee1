#ifndef SECANT_ALLOCATION_COUNTER_H
#define SECANT_ALLOCATION_COUNTER_H

/// Starts to count this thread's allocations, from zero.
void secant_count_allocations(void);

/// Stops counting, and returns how many allocations this thread made since it began.
long secant_allocations_counted(void);

#endif
