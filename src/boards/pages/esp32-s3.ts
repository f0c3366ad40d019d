import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfEstimate, estimatedAccess } from '../board/page-fields.ts';

/** ESP32-S3: one Xtensa LX7 at 240 MHz with vector instructions; weights in PSRAM or flash. */
export const ESP32_S3: BoardFile = {
  id: 'esp32-s3',
  name: 'ESP32-S3',
  soc: 'Espressif ESP32-S3',
  summary: 'one Xtensa LX7 at 240 MHz with vector instructions; weights in PSRAM or flash',
  core: 'xtensa-lx7',
  libraries: ['esp-nn', 'tflm-reference'],
  runtime: 'tflm-invoke',
  otherRuntimes: ['vendor-call'],
  clocks: [{ id: 'core', hz: constant(240e6, 'Hz', 'ESP32-S3 data sheet: 240 MHz', 'documented') }],
  memories: [
    {
      id: 'dram',
      kind: 'ram',
      availableBytes: constant(512 * 1024, 'bytes', 'ESP32-S3 data sheet: 512 KiB of SRAM', 'documented'),
    },
    {
      id: 'psram',
      kind: 'ram',
      availableBytes: constant(8192 * 1024, 'bytes', 'ESP32-S3-WROOM-1 data sheet: 8 MiB', 'documented'),
      accessNs: estimatedAccess(20, 'eight-line PSRAM behind 32 KiB of cache'),
    },
  ],
  placement: { weights: 'psram', activations: 'dram', image: 'dram' },
  doubt: doubtOfEstimate('27 published rows, but no kernel of its core was counted', 2),
};
