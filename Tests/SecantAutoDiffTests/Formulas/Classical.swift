import SecantAutoDiff
import SecantProblems

extension Formulas {
  /// The problems of `TestProblem.classical()`, in its sizes.
  static var classical: [Entry] {
    plane + threeAndFourVariables + chains + arrows + scattered + dense + grids + dixonMaany
  }

  private static var plane: [Entry] {
    [
      ("CLIFF", .cliff, cliff, cliff),
      ("CUBE", .cube, cube, cube),
      ("DENSCHNA", .denschna, denschna, denschna),
      ("DENSCHNB", .denschnb, denschnb, denschnb),
      ("DENSCHNC", .denschnc, denschnc, denschnc),
      ("DENSCHNF", .denschnf, denschnf, denschnf),
      ("HIMMELBB", .himmelbb, himmelbb, himmelbb),
      ("HIMMELBG", .himmelbg, himmelbg, himmelbg),
      ("HIMMELBH", .himmelbh, himmelbh, himmelbh),
      ("SISSER", .sisser, sisser, sisser),
      ("ZANGWIL2", .zangwil2, zangwil2, zangwil2),
      ("HAIRY", .hairy, hairy, hairy),
      ("LOGHAIRY", .loghairy, loghairy, loghairy),
      ("HUMPS", .humps, humps, humps),
      ("MARATOSB", .maratosb, maratosb, maratosb),
      ("MEXHAT", .mexhat, mexhat, mexhat),
      ("S308", .s308, s308, s308),
      ("ROSENBRTU", .rosenbrtu, rosenbrtu, rosenbrtu),
      ("BRKMCC", .brkmcc, brkmcc, brkmcc),
      ("EXPFIT", .expfit, expfit, expfit),
      ("SINEVAL", .sineval, sineval, sineval),
    ]
  }

  private static var threeAndFourVariables: [Entry] {
    [
      ("DENSCHND", .denschnd, denschnd, denschnd),
      ("DENSCHNE", .denschne, denschne, denschne),
      ("ENGVAL2", .engval2, engval2, engval2),
      ("HATFLDD", .hatfldd, hatfldd, hatfldd),
      ("HATFLDE", .hatflde, hatflde, hatflde),
      ("HATFLDFL", .hatfldfl, hatfldfl, hatfldfl),
      ("ALLINITU", .allinitu, allinitu, allinitu),
      ("HIMMELBF", .himmelbf, himmelbf, himmelbf),
    ]
  }

  private static var chains: [Entry] {
    [
      ("CRAGGLVY", .cragglvy(24), cragglvy, cragglvy),
      ("DIXON3DQ", .dixon3dq(24), dixon3dq, dixon3dq),
      ("TRIDIA", .tridia(24), tridia, tridia),
      ("EXTROSNB", .extrosnb(24), extrosnb, extrosnb),
      ("GENROSE", .genrose(24), genrose, genrose),
      ("FLETCHCR", .fletchcr(24), fletchcr, fletchcr),
      ("CHNROSNB", .chnrosnb(24), chnrosnb, chnrosnb),
      ("ERRINROS", .errinros(24), errinros, errinros),
      ("FREUROTH", .freuroth(24), freuroth, freuroth),
      ("TOINTGSS", .tointgss(24), tointgss, tointgss),
      ("WOODS", .woods(24), woods, woods),
      ("ENGVAL1", .engval1(24), engval1, engval1),
      ("EDENSCH", .edensch(24), edensch, edensch),
      ("CURLY10", .curly(24), curly10, curly10),
      ("GENHUMPS", .genhumps(24), genhumps, genhumps),
      ("COSINE", .cosine(24), cosine, cosine),
      ("SCOSINE", .scosine(24), scosine, scosine),
      ("BRYBND", .brybnd(24), brybnd, brybnd),
      ("SBRYBND", .sbrybnd(24), sbrybnd, sbrybnd),
      ("FLETCBV2", .fletcbv2(24), fletcbv2, fletcbv2),
      ("NCB20B", .ncb20b(24), ncb20b, ncb20b),
      ("SCHMVETT", .schmvett(24), schmvett, schmvett),
    ]
  }

  private static var arrows: [Entry] {
    [
      ("ARWHEAD", .arwhead(24), arwhead, arwhead),
      ("BDQRTIC", .bdqrtic(24), bdqrtic, bdqrtic),
      ("LIARWHD", .liarwhd(24), liarwhd, liarwhd),
      ("NONDIA", .nondia(24), nondia, nondia),
      ("NONDQUAR", .nondquar(24), nondquar, nondquar),
      ("INDEF", .indef(24), indef, indef),
      ("INDEFM", .indefm(24), indefm, indefm),
      ("SINQUAD", .sinquad(24), sinquad, sinquad),
      ("SINQUAD2", .sinquad2(24), sinquad2, sinquad2),
      ("TQUARTIC", .tquartic(24), tquartic, tquartic),
      ("EG2", .eg2(24), eg2, eg2),
      ("DQDRTIC", .dqdrtic(24), dqdrtic, dqdrtic),
      ("DQRTIC", .dqrtic(24), dqrtic, dqrtic),
      ("POWER", .power(24), power, power),
    ]
  }

  private static var scattered: [Entry] {
    [
      ("NONCVXU2", .noncvxu2(24), noncvxu2, noncvxu2),
      ("NONCVXUN", .noncvxun(24), noncvxun, noncvxun),
      ("SPARSINE", .sparsine(24), sparsine, sparsine),
      ("SPARSQUR", .sparsqur(24), sparsqur, sparsqur),
    ]
  }

  private static var dense: [Entry] {
    [
      ("HILBERTA", .hilberta(24), hilberta, hilberta),
      ("HILBERTB", .hilbertb(24), hilbertb, hilbertb),
      ("MANCINO", .mancino(24), mancino, mancino),
      ("SENSORS", .sensors(24), sensors, sensors),
      ("VAREIGVL", .vareigvl(24), vareigvl, vareigvl),
    ]
  }

  private static var grids: [Entry] {
    [
      ("FMINSRF2", .fminsrf2(side: 4), fminsrf2, fminsrf2),
      ("BRATU1D", .bratu1d(24), bratu1d, bratu1d),
    ]
  }

  private static var dixonMaany: [Entry] {
    TestProblem<Double>.DixonMaany.allCases.map { letter in
      ("DIXMAAN\(letter.rawValue)", .dixmaan(letter, 24), { dixmaan(letter, $0) }, { dixmaan(letter, $0) })
    }
  }
}
