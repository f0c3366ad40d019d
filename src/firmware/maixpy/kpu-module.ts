import { OUTPUT_IN_MAIN_MEMORY } from '../../models/formats/kmodel/file.ts';
import { KPU_CONV } from '../../models/formats/kmodel/layers.ts';
import { flashBytesAt } from '../hardware/flash-image.ts';
import { GuestError } from '../guest-error.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import type { HostModule } from '../host-module.ts';
import { layerInfo } from './kpu-layers.ts';
import { KpuTasks, type KpuTask } from './kpu-tasks.ts';
import { computeOutputs, planesOf } from './kpu-input.ts';
import { requireConvolutionFirst, yolo2Module } from './yolo2/yolo2-module.ts';

const ERASED_FLASH = new Uint8Array(64).fill(0xff);
const ENOENT = 2;

/** What `KPU.py` calls. Outputs are those of `kernels/kpu/run-kmodel.ts`, times those of the simulator. */
export function kpuModule(hardware: VirtualHardware): HostModule {
  const tasks = new KpuTasks(hardware);
  const load = (bytes: Uint8Array, name: string) => {
    const task = tasks.load(bytes, name);
    hardware.spend('kpu.load');
    hardware.spend('kpu.load.byte', tasks.get(task).model.fileBytes);
    return task;
  };
  const run = (task: KpuTask, input: Uint8Array | Float32Array) => {
    requireConvolutionFirst(task);
    computeOutputs(task, input);
    task.inference.run(hardware);
  };
  return {
    ...yolo2Module(hardware, tasks),
    kpu_load_flash(address: number) {
      const found = flashBytesAt(hardware.flash, address);
      return load(found?.bytes ?? ERASED_FLASH, found?.name ?? `flash 0x${address.toString(16)}`);
    },
    kpu_load_file(path: string) {
      const bytes = hardware.files.get(path);
      if (!bytes) throw new GuestError('OSError', '', ENOENT);
      return load(bytes, path);
    },
    kpu_model_bytes: (handle: number) => tasks.get(handle).model.fileBytes,
    kpu_layer_count: (handle: number) => tasks.get(handle).model.file.layers.length,
    kpu_free: (handle: number) => tasks.free(handle),
    kpu_free_bytes: () => tasks.freeBytes,
    kpu_netinfo: (handle: number) => JSON.stringify(tasks.get(handle).model.file.layers.map(layerInfo)),
    kpu_forward(handle: number, image: number) {
      const task = tasks.get(handle);
      run(task, planesOf(hardware, task, image));
    },
    kpu_forward_list(handle: number, values: string) {
      const task = tasks.get(handle);
      run(task, Float32Array.from(JSON.parse(values) as number[]));
    },
    kpu_output: (handle: number, output: number) => JSON.stringify(outputInfo(tasks.get(handle), output)),
    kpu_read(handle: number, output: number, start: number, stop: number) {
      hardware.spend('fmap.item', stop - start);
      return JSON.stringify(Array.from(valuesOf(tasks.get(handle), output).subarray(start, stop)));
    },
  };
}

interface OutputInfo {
  readonly bytes: number;
  readonly typecode: 'B' | 'f';
  readonly w: number;
  readonly h: number;
  readonly ch: number;
  readonly index: number;
}

function outputInfo({ model, runner }: KpuTask, output: number): OutputInfo {
  const { outputs, layers } = model.file;
  const found = outputs[output];
  if (!found) throw new GuestError('OSError', 'sipeed_kpu_get_output err');
  const index = layers.length - 1;
  const last = layers[index];
  const isMap =
    last.type === KPU_CONV && (last.flags & OUTPUT_IN_MAIN_MEMORY) !== 0 && runner.main.length > 0;
  if (!isMap) return { bytes: found.bytes, typecode: 'f', w: found.bytes / 4, h: 1, ch: 1, index };
  const { wo, ho, cho } = layerInfo(last, index);
  return { bytes: found.bytes, typecode: 'B', w: wo, h: ho, ch: cho, index };
}

function valuesOf(task: KpuTask, output: number): Uint8Array | Float32Array {
  const { bytes, typecode } = outputInfo(task, output);
  if (typecode === 'f') return task.outputs[output];
  const { address } = task.model.file.outputs[output];
  return task.runner.main.subarray(address, address + bytes);
}
