// The shipped data sets, embedded in the binary: an installed or moved program needs no files beside it.
#ifndef SECANT_DATA_SETS_H
#define SECANT_DATA_SETS_H

#include <stddef.h>

/// A shipped file: its name and its bytes.
typedef struct {
  const char *name;
  const unsigned char *bytes;
  size_t count;
} secant_data_file;

/// The file with the given index, or one without a name when there are no more.
secant_data_file secant_data_file_at(size_t index);

#endif
