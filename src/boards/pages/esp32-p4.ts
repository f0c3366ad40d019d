import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfEstimate, estimatedAccess } from '../board/page-fields.ts';

/** ESP32-P4: one RISC-V core at 360 MHz with vector instructions; weights in PSRAM. */
export const ESP32_P4: BoardFile = {
  id: 'esp32-p4',
  name: 'ESP32-P4',
  soc: 'Espressif ESP32-P4',
  summary: 'one RISC-V core at 360 MHz with vector instructions; weights in PSRAM',
  core: 'riscv-hp-pie',
  libraries: ['esp-nn', 'tflm-reference'],
  runtime: 'tflm-invoke',
  clocks: [{ id: 'core', hz: constant(360e6, 'Hz', 'ESP32-P4 data sheet: 360 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(768 * 1024, 'bytes', 'ESP32-P4 data sheet: 768 KiB', 'documented'),
    },
    {
      id: 'psram',
      kind: 'ram',
      availableBytes: constant(
        32768 * 1024,
        'bytes',
        'ESP32-P4 data sheet: 32 MiB in the package',
        'documented',
      ),
      accessNs: estimatedAccess(15, 'PSRAM behind a cache of 256 KiB'),
    },
  ],
  placement: { weights: 'psram', activations: 'sram', image: 'sram' },
  doubt: doubtOfEstimate('24 published rows, but no kernel of its core was counted', 2),
};
