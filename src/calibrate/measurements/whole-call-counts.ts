/**
 * Instructions of one `libtf_invoke` of the libtf.a that OpenMV shipped in November 2020, counted whole in
 * instruction-exact emulation: the paper's network (14x14x1, KxK SAME convolution of F filters, reshape, dense 10).
 * The counts of data/openmv-libtf-invoke-counts.csv.
 */
export interface WholeCallTable {
  readonly dtype: 'float32' | 'int8';
  readonly kernel: number;
  /** By filters, in the order of WHOLE_CALL_FILTERS. */
  readonly instructions: readonly number[];
}

export const WHOLE_CALL_FILTERS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 32];

export const WHOLE_CALLS: readonly WholeCallTable[] = [
  {
    dtype: 'float32',
    kernel: 1,
    instructions: [
      64349, 98061, 131773, 165485, 199197, 232909, 266621, 300333, 334045, 367757, 570029, 1109421,
    ],
  },
  {
    dtype: 'float32',
    kernel: 3,
    instructions: [
      110445, 190253, 270061, 349869, 429677, 509485, 589293, 669101, 748909, 828717, 1307565, 2584493,
    ],
  },
  {
    dtype: 'float32',
    kernel: 5,
    instructions: [
      187565, 344493, 501421, 658349, 815277, 972205, 1129133, 1286061, 1442989, 1599917, 2541485, 5052333,
    ],
  },
  {
    dtype: 'float32',
    kernel: 7,
    instructions: [
      292613, 554589, 816565, 1078541, 1340517, 1602493, 1864469, 2126445, 2388421, 2650397, 4222253, 8413869,
    ],
  },
  {
    dtype: 'int8',
    kernel: 1,
    instructions: [
      75077, 101536, 124195, 144418, 164392, 186211, 207118, 225311, 248104, 270083, 400509, 734239,
    ],
  },
  {
    dtype: 'int8',
    kernel: 3,
    instructions: [
      142269, 173576, 198935, 223352, 250427, 275134, 299555, 324923, 352443, 374769, 528392, 937454,
    ],
  },
  {
    dtype: 'int8',
    kernel: 5,
    instructions: [
      260771, 298429, 333077, 364383, 398195, 431223, 464722, 496210, 530806, 560894, 761136, 1288652,
    ],
  },
  {
    dtype: 'int8',
    kernel: 7,
    instructions: [
      431090, 480119, 526439, 568810, 614217, 658507, 703334, 746116, 793030, 835307, 1104625, 1817407,
    ],
  },
];
