#include "CDataSets.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char breast_cancer[] = {
#embed "../SecantProblems/Data/breast_cancer.csv"
};
static const unsigned char digits[] = {
#embed "../SecantProblems/Data/digits.csv"
};
static const unsigned char diabetes[] = {
#embed "../SecantProblems/Data/diabetes.csv"
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
static const unsigned char sonnets[] = {
#embed "../SecantProblems/Data/sonnets.txt"
};
// NIST's certified regressions.
static const unsigned char BoxBOD[] = {
#embed "../SecantProblems/Data/nist/BoxBOD.dat"
};
static const unsigned char Chwirut1[] = {
#embed "../SecantProblems/Data/nist/Chwirut1.dat"
};
static const unsigned char DanWood[] = {
#embed "../SecantProblems/Data/nist/DanWood.dat"
};
static const unsigned char ENSO[] = {
#embed "../SecantProblems/Data/nist/ENSO.dat"
};
static const unsigned char Gauss1[] = {
#embed "../SecantProblems/Data/nist/Gauss1.dat"
};
static const unsigned char Kirby2[] = {
#embed "../SecantProblems/Data/nist/Kirby2.dat"
};
static const unsigned char Lanczos1[] = {
#embed "../SecantProblems/Data/nist/Lanczos1.dat"
};
static const unsigned char Lanczos3[] = {
#embed "../SecantProblems/Data/nist/Lanczos3.dat"
};
static const unsigned char MGH17[] = {
#embed "../SecantProblems/Data/nist/MGH17.dat"
};
static const unsigned char Misra1a[] = {
#embed "../SecantProblems/Data/nist/Misra1a.dat"
};
static const unsigned char Misra1b[] = {
#embed "../SecantProblems/Data/nist/Misra1b.dat"
};
static const unsigned char Rat42[] = {
#embed "../SecantProblems/Data/nist/Rat42.dat"
};
static const unsigned char Thurber[] = {
#embed "../SecantProblems/Data/nist/Thurber.dat"
};

#define FILE(name, array) {name, array, sizeof array}

static const secant_data_file files[] = {
    FILE("breast_cancer.csv", breast_cancer), FILE("digits.csv", digits), FILE("iris.csv", iris),
    FILE("agaricus_train.libsvm", agaricus),  FILE("logistic-optima.json", optima),
    FILE("sonnets.txt", sonnets),
    FILE("diabetes.csv", diabetes),
    FILE("BoxBOD.dat", BoxBOD),
    FILE("Chwirut1.dat", Chwirut1),
    FILE("DanWood.dat", DanWood),
    FILE("ENSO.dat", ENSO),
    FILE("Gauss1.dat", Gauss1),
    FILE("Kirby2.dat", Kirby2),
    FILE("Lanczos1.dat", Lanczos1),
    FILE("Lanczos3.dat", Lanczos3),
    FILE("MGH17.dat", MGH17),
    FILE("Misra1a.dat", Misra1a),
    FILE("Misra1b.dat", Misra1b),
    FILE("Rat42.dat", Rat42),
    FILE("Thurber.dat", Thurber),
};

secant_data_file secant_data_file_at(size_t index) {
  secant_data_file none = {0, 0, 0};
  return index < sizeof files / sizeof *files ? files[index] : none;
}
