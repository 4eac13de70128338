/** A publication, as BibTeX has it: kind, then its fields. */
export interface Reference {
  readonly type: 'article' | 'book' | 'inproceedings' | 'misc' | 'software';
  /** How it is cited within a sentence, e.g. `Holm 1979`. */
  readonly short: string;
  readonly author: string;
  readonly title: string;
  readonly year: string;
  /** Journal, volume, pages and the like, by BibTeX's names. */
  readonly fields?: Readonly<Record<string, string>>;
}

const jrssB = 'Journal of the Royal Statistical Society: Series B';

/** What the methods of a report can rest on, by BibTeX key. A report cites those that it used. */
export const references = {
  roy2007effective: {
    type: 'inproceedings',
    short: 'Roy & Vetterli 2007',
    author: 'Roy, Olivier and Vetterli, Martin',
    title: 'The effective rank: A measure of effective dimensionality',
    year: '2007',
    fields: { booktitle: '15th European Signal Processing Conference', pages: '606--610' },
  },
  rudelson2007sampling: {
    type: 'article',
    short: 'Rudelson & Vershynin 2007',
    author: 'Rudelson, Mark and Vershynin, Roman',
    title: 'Sampling from large matrices: An approach through geometric functional analysis',
    year: '2007',
    fields: { journal: 'Journal of the ACM', volume: '54', number: '4' },
  },
  gao2017theory: {
    type: 'misc',
    short: 'Gao et al. 2017',
    author:
      'Gao, Peiran and Trautmann, Eric and Yu, Byron and Santhanam, Gopal and Ryu, Stephen and Shenoy, Krishna and Ganguli, Surya',
    title: 'A theory of multineuronal dimensionality, dynamics and measurement',
    year: '2017',
    fields: { howpublished: 'bioRxiv 214262' },
  },
  himeno2014estimations: {
    type: 'article',
    short: 'Himeno & Yamada 2014',
    author: 'Himeno, Tetsuto and Yamada, Takayuki',
    title:
      'Estimations for some functions of covariance matrix in high dimension under non-normality and its applications',
    year: '2014',
    fields: { journal: 'Journal of Multivariate Analysis', volume: '130', pages: '27--44' },
  },
  jolliffe2002principal: {
    type: 'book',
    short: 'Jolliffe 2002',
    author: 'Jolliffe, Ian T.',
    title: 'Principal Component Analysis',
    year: '2002',
    fields: { publisher: 'Springer', edition: '2' },
  },
  benjamini1995controlling: {
    type: 'article',
    short: 'Benjamini & Hochberg 1995',
    author: 'Benjamini, Yoav and Hochberg, Yosef',
    title: 'Controlling the false discovery rate: A practical and powerful approach to multiple testing',
    year: '1995',
    fields: { journal: jrssB, volume: '57', number: '1', pages: '289--300' },
  },
  benjamini2014selective: {
    type: 'article',
    short: 'Benjamini & Bogomolov 2014',
    author: 'Benjamini, Yoav and Bogomolov, Marina',
    title: 'Selective inference on multiple families of hypotheses',
    year: '2014',
    fields: { journal: jrssB, volume: '76', number: '1', pages: '297--318' },
  },
  holm1979simple: {
    type: 'article',
    short: 'Holm 1979',
    author: 'Holm, Sture',
    title: 'A simple sequentially rejective multiple test procedure',
    year: '1979',
    fields: { journal: 'Scandinavian Journal of Statistics', volume: '6', number: '2', pages: '65--70' },
  },
  garwood1936fiducial: {
    type: 'article',
    short: 'Garwood 1936',
    author: 'Garwood, F.',
    title: 'Fiducial limits for the Poisson distribution',
    year: '1936',
    fields: { journal: 'Biometrika', volume: '28', number: '3/4', pages: '437--442' },
  },
  clopper1934use: {
    type: 'article',
    short: 'Clopper & Pearson 1934',
    author: 'Clopper, C. J. and Pearson, E. S.',
    title: 'The use of confidence or fiducial limits illustrated in the case of the binomial',
    year: '1934',
    fields: { journal: 'Biometrika', volume: '26', number: '4', pages: '404--413' },
  },
  kendall1945treatment: {
    type: 'article',
    short: 'Kendall 1945',
    author: 'Kendall, M. G.',
    title: 'The treatment of ties in ranking problems',
    year: '1945',
    fields: { journal: 'Biometrika', volume: '33', number: '3', pages: '239--251' },
  },
  phipson2010permutation: {
    type: 'article',
    short: 'Phipson & Smyth 2010',
    author: 'Phipson, Belinda and Smyth, Gordon K.',
    title:
      'Permutation {P}-values should never be zero: Calculating exact {P}-values when permutations are randomly drawn',
    year: '2010',
    fields: {
      journal: 'Statistical Applications in Genetics and Molecular Biology',
      volume: '9',
      number: '1',
    },
  },
  tibshirani2001estimating: {
    type: 'article',
    short: 'Tibshirani et al. 2001',
    author: 'Tibshirani, Robert and Walther, Guenther and Hastie, Trevor',
    title: 'Estimating the number of clusters in a data set via the gap statistic',
    year: '2001',
    fields: { journal: jrssB, volume: '63', number: '2', pages: '411--423' },
  },
  arthur2007kmeans: {
    type: 'inproceedings',
    short: 'Arthur & Vassilvitskii 2007',
    author: 'Arthur, David and Vassilvitskii, Sergei',
    title: 'k-means++: The advantages of careful seeding',
    year: '2007',
    fields: {
      booktitle: 'Proceedings of the Eighteenth Annual ACM-SIAM Symposium on Discrete Algorithms',
      pages: '1027--1035',
    },
  },
  davison1997bootstrap: {
    type: 'book',
    short: 'Davison & Hinkley 1997',
    author: 'Davison, A. C. and Hinkley, D. V.',
    title: 'Bootstrap Methods and their Application',
    year: '1997',
    fields: { publisher: 'Cambridge University Press' },
  },
  killick2012optimal: {
    type: 'article',
    short: 'Killick et al. 2012',
    author: 'Killick, R. and Fearnhead, P. and Eckley, I. A.',
    title: 'Optimal detection of changepoints with a linear computational cost',
    year: '2012',
    fields: {
      journal: 'Journal of the American Statistical Association',
      volume: '107',
      number: '500',
      pages: '1590--1598',
    },
  },
  scott1974cluster: {
    type: 'article',
    short: 'Scott & Knott 1974',
    author: 'Scott, A. J. and Knott, M.',
    title: 'A cluster analysis method for grouping means in the analysis of variance',
    year: '1974',
    fields: { journal: 'Biometrics', volume: '30', number: '3', pages: '507--512' },
  },
  fryzlewicz2020detecting: {
    type: 'article',
    short: 'Fryzlewicz 2020',
    author: 'Fryzlewicz, Piotr',
    title:
      'Detecting possibly frequent change-points: Wild Binary Segmentation 2 and steepest-drop model selection',
    year: '2020',
    fields: { journal: 'Journal of the Korean Statistical Society', volume: '49', pages: '1027--1070' },
  },
  truong2020selective: {
    type: 'article',
    short: 'Truong et al. 2020',
    author: 'Truong, Charles and Oudre, Laurent and Vayatis, Nicolas',
    title: 'Selective review of offline change point detection methods',
    year: '2020',
    fields: { journal: 'Signal Processing', volume: '167', pages: '107299' },
  },
  keogh2001online: {
    type: 'inproceedings',
    short: 'Keogh et al. 2001',
    author: 'Keogh, Eamonn and Chu, Selina and Hart, David and Pazzani, Michael',
    title: 'An online algorithm for segmenting time series',
    year: '2001',
    fields: {
      booktitle: 'Proceedings 2001 IEEE International Conference on Data Mining',
      pages: '289--296',
    },
  },
  kingma2015adam: {
    type: 'inproceedings',
    short: 'Kingma & Ba 2015',
    author: 'Kingma, Diederik P. and Ba, Jimmy',
    title: 'Adam: A method for stochastic optimization',
    year: '2015',
    fields: { booktitle: 'International Conference on Learning Representations' },
  },
} as const satisfies Record<string, Reference>;

export type ReferenceKey = keyof typeof references;
