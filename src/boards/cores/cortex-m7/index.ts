import type { CostRow } from '../../board/board.ts';
import { countedRows, renamedRows, type KernelLibrary } from '../../libraries/counted-rows.ts';
import { ESTIMATED_KERNELS } from '../../libraries/estimated-rows.ts';
import { BLOCKED_STREAMS, REFERENCE_STREAMS } from '../../libraries/kernel-streams.ts';
import { CMSIS_NN_O2 } from '../../libraries/cmsis-nn/cmsis-nn-m7-o2.ts';
import { CMSIS_NN_O3 } from '../../libraries/cmsis-nn/cmsis-nn-m7-o3.ts';
import { CMSIS_NN_OS } from '../../libraries/cmsis-nn/cmsis-nn-m7-os.ts';
import { OPENMV_FIRMWARE_ROWS } from '../../runtimes/openmv-call.ts';
import { OPENMV_LIBTF_ESTIMATED } from '../../libraries/openmv-libtf/libtf-estimated.ts';
import { OPENMV_LIBTF_COUNTED } from '../../libraries/openmv-libtf/libtf-counted.ts';
import { TFLM_REFERENCE_O2 } from '../../libraries/tflm-reference/tflm-m7-o2.ts';
import { TFLM_REFERENCE_O3 } from '../../libraries/tflm-reference/tflm-m7-o3.ts';
import { TFLM_REFERENCE_OFAST } from '../../libraries/tflm-reference/tflm-m7-ofast.ts';
import { TFLM_REFERENCE_OS } from '../../libraries/tflm-reference/tflm-m7-os.ts';

function referenceLibrary(kernels: string, flag: string): KernelLibrary {
  return {
    kernels,
    source: `instruction counts of TFLite Micro @90b983c2b3f1 reference kernels, cortex-m7, GCC 12.2 ${flag}`,
    cpi: { float32: 'cpiFloat32', int8: 'cpiInt8Reference' },
    streams: REFERENCE_STREAMS,
  };
}

function cmsisLibrary(kernels: string, flag: string): KernelLibrary {
  return {
    kernels,
    source: `instruction counts of CMSIS-NN @99f736a63036, cortex-m7 DSP extension, GCC 12.2 ${flag}`,
    cpi: { float32: 'cpiFloat32', int8: 'cpiCmsisNn' },
    streams: BLOCKED_STREAMS,
  };
}

const LIBTF_SOURCE =
  'instruction counts of the libtf.a that OpenMV shipped (openmv/tensorflow-lib @e746257, GCC 7.3.1 -O3)';
const LIBTF: Omit<KernelLibrary, 'streams'> = {
  kernels: 'openmv-libtf-2020-11',
  source: LIBTF_SOURCE,
  cpi: { float32: 'cpiFloat32', int8: 'cpiCmsisNn' },
};

/** CMSIS-NN has no float kernels: TFLite Micro falls back to its reference kernels, and so do these rows. */
function cmsisRows(
  kernels: string,
  flag: string,
  counted: typeof CMSIS_NN_O2,
  reference: readonly CostRow[],
): CostRow[] {
  const float32 = reference.filter((row) => row.dtype !== 'int8');
  const library = cmsisLibrary(kernels, flag);
  const others = countedRows(
    library,
    ESTIMATED_KERNELS.filter((kernel) => kernel.dtype === 'int8'),
  );
  return [
    ...countedRows(library, counted),
    ...others,
    ...renamedRows(float32, kernels, 'CMSIS-NN has no such kernel, TFLite Micro takes its reference'),
  ];
}

function referenceRows(kernels: string, flag: string, counted: typeof TFLM_REFERENCE_O2): CostRow[] {
  return countedRows(referenceLibrary(kernels, flag), [...counted, ...ESTIMATED_KERNELS]);
}

function libtfRows(): CostRow[] {
  const all = [...OPENMV_LIBTF_COUNTED, ...OPENMV_LIBTF_ESTIMATED, ...ESTIMATED_KERNELS];
  const blocked = countedRows({ ...LIBTF, streams: BLOCKED_STREAMS }, all);
  const reference = countedRows({ ...LIBTF, streams: REFERENCE_STREAMS }, all);
  return all.map((kernel, index) => (kernel.dtype === 'float32' ? reference[index]! : blocked[index]!));
}

const REFERENCE_O2 = referenceRows('tflm-reference', '-O2', TFLM_REFERENCE_O2);
const REFERENCE_O3 = referenceRows('tflm-reference-O3', '-O3', TFLM_REFERENCE_O3);
const REFERENCE_OS = referenceRows('tflm-reference-Os', '-Os', TFLM_REFERENCE_OS);

/** Kernel libraries whose instructions were counted on the Cortex-M7, and the work of OpenMV's firmware. */
export const CORTEX_M7_COSTS: readonly CostRow[] = [
  ...OPENMV_FIRMWARE_ROWS,
  ...libtfRows(),
  ...REFERENCE_O2,
  ...REFERENCE_O3,
  ...REFERENCE_OS,
  ...referenceRows('tflm-reference-Ofast', '-Ofast', TFLM_REFERENCE_OFAST),
  ...cmsisRows('cmsis-nn', '-O2', CMSIS_NN_O2, REFERENCE_O2),
  ...cmsisRows('cmsis-nn-O3', '-O3', CMSIS_NN_O3, REFERENCE_O3),
  ...cmsisRows('cmsis-nn-Os', '-Os', CMSIS_NN_OS, REFERENCE_OS),
];
