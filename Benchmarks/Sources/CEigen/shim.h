// Eigen is a library of headers for C++: all that is wanted here is where they stand.
