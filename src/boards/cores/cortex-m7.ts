import type { Core } from '../board/board-parts.ts';
import { constant, uncertain } from '../board/constant.ts';

const CPI = 'core cycles per instruction';
const ISSUE_RULES = 'issue rules of ARMScheduleM7.td applied to traces of the real binaries';

/** Instructions are counted exactly; uncertain is how fast they issue. */
export const CORTEX_M7: Core = {
  id: 'cortex-m7',
  pipeline: 'Cortex-M7 (ARMv7E-M, FPv5 double precision unit used in single), dual issue, in order',
  constants: {
    cpiFloat32: uncertain(
      constant(
        0.65,
        CPI,
        `${ISSUE_RULES}: 0.60 dense, 0.64 to 0.69 convolution; ` +
          'the rules leave out some dual issue, so the doubt is wider than the spread',
        'estimated',
      ),
      0.08,
    ),
    cpiFloat32Elementwise: constant(1.08, CPI, `${ISSUE_RULES}, no misses: float add`, 'estimated'),
    cpiInt8Reference: constant(
      0.78,
      CPI,
      `${ISSUE_RULES}, no misses: int8 reference kernels 0.68 to 0.89`,
      'estimated',
    ),
    cpiCmsisNn: constant(0.7, CPI, `${ISSUE_RULES}, no misses: CMSIS-NN 0.66 to 0.74`, 'estimated'),
  },
};
