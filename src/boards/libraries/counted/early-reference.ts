import type { CostRow } from '../../board/board.ts';
import { countedRows, type CountedKernel } from '../counted-rows.ts';
import { REFERENCE_STREAMS } from '../kernel-streams.ts';
import { parseForms } from './kernel-forms.ts';

/**
 * The int8 reference kernels of TensorFlow Lite Micro up to 2.3, whose convolution asks at each multiply-accumulate
 * whether it is inside the image; later ones ask once a tap. Instructions fitted to data/instruction-counts-early.csv,
 * two thirds of its shapes; at most 1.3 % off on the others.
 */
const FORMS = parseForms(`
CONV_2D int8 | macs macsInImage columnTaps taps rowTaps outputs pixels 1
DEPTHWISE_CONV_2D int8 | inImageTaps columnTaps taps rowTaps outputs pixels pixels*inChannels 1
FULLY_CONNECTED int8 | macsInImage outputs 1
`);

/** Instructions of each term by core and flag, a line a form. */
const LINES: Readonly<Record<string, Readonly<Record<'-O2' | '-Os', string>>>> = {
  rv32imac: {
    '-O2': `6.144 23.82 6.136 7.13 17.18 79.43 28.52 734.3
14.99 0.5057 10.41 17.27 76.24 34.06 12.51 668.6
13.02 37.2 326.6`,
    '-Os': `6.15 53.82 6.294 3.019 8.96 102.6 4.157 738.7
50.93 0.4437 8.519 11.15 106.8 10.53 6.29 722.3
10.02 88.68 397.3`,
  },
  'cortex-m4': {
    '-O2': `10.2 16.75 9.205 11.22 20.06 72.24 28.38 621.1
14.92 0.8255 12.11 19.36 74.8 33.64 27.24 575.2
14.01 45.55 250.5`,
    '-Os': `10.21 39.74 9.303 7.145 16.99 78.31 9.654 689.8
40.88 0.7679 13.19 18.31 81.21 19.44 10.16 657.2
15.01 58.55 323.9`,
  },
};

function kernelsOf(lines: string): CountedKernel[] {
  const values = lines.split('\n').map((line) => line.split(' ').map(Number));
  return FORMS.map(({ op, dtype, terms }, form) => ({
    ...{ op, dtype },
    instructions: Object.fromEntries(terms.map((term, at) => [term, values[form]![at]!])),
  }));
}

/** Cost rows of these kernels, under the names that today's have; as on a Cortex-M4 for a core that was not counted. */
export function earlyReferenceRows(core: string): CostRow[] {
  return Object.entries(LINES[core] ?? LINES['cortex-m4']!).flatMap(([flag, lines]) => {
    const source = `instructions counted, TFLite Micro 2.3 reference kernels, ${core}, GCC 12.2 ${flag}`;
    const kernels = `tflm-reference${flag === '-O2' ? '' : flag}`;
    const cpi = { float32: 'cpiFloat32', int8: 'cpiInt8Reference' };
    return countedRows({ kernels, source, streams: REFERENCE_STREAMS, cpi }, kernelsOf(lines));
  });
}
