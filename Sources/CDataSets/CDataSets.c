#include "CDataSets.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char breast_cancer[] = {
#embed "../SecantProblems/Data/breast_cancer.csv"
};
static const unsigned char digits[] = {
#embed "../SecantProblems/Data/digits.csv"
};
static const unsigned char iris[] = {
#embed "../SecantProblems/Data/iris.csv"
};
static const unsigned char agaricus[] = {
#embed "../SecantProblems/Data/agaricus_train.libsvm"
};
static const unsigned char optima[] = {
#embed "../SecantProblems/Data/logistic-optima.json"
};

#define FILE(name, array) {name, array, sizeof array}

static const secant_data_file files[] = {
    FILE("breast_cancer.csv", breast_cancer), FILE("digits.csv", digits), FILE("iris.csv", iris),
    FILE("agaricus_train.libsvm", agaricus),  FILE("logistic-optima.json", optima),
};

secant_data_file secant_data_file_at(size_t index) {
  secant_data_file none = {0, 0, 0};
  return index < sizeof files / sizeof *files ? files[index] : none;
}
