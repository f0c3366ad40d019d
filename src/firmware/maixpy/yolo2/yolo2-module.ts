import { KPU_CONV } from '../../../models/formats/kmodel/layers.ts';
import { GuestError } from '../../guest-error.ts';
import type { VirtualHardware } from '../../hardware/virtual-hardware.ts';
import type { HostModule } from '../../host-module.ts';
import { computeOutputs, planesOf } from '../kpu-input.ts';
import { layerInfo } from '../kpu-layers.ts';
import type { KpuTask, KpuTasks } from '../kpu-tasks.ts';
import {
  decodeRegions,
  MOST_OBJECTS,
  type FoundObject,
  type RegionSettings,
  type RegionWork,
} from './region.ts';

/** The region layer takes five entries a box before its classes, and five anchors whatever init_yolo2 was told. */
const ENTRIES = 5;
const ANCHORS = 5;

/** What `KPU.py` calls for run_yolo2, whose objects come back as JSON. */
export function yolo2Module(hardware: VirtualHardware, tasks: KpuTasks): HostModule {
  return {
    kpu_run_yolo2(handle: number, image: number, settings: string) {
      const task = tasks.get(handle);
      requireConvolutionFirst(task);
      const planes = planesOf(hardware, task, image);
      const objects = run(hardware, { task, planes, freeBytes: tasks.freeBytes }, JSON.parse(settings));
      if (objects.length > MOST_OBJECTS) throw tooMany(objects.length);
      hardware.spend('yolo2.object', objects.length);
      return JSON.stringify(objects);
    },
  };
}

/** Throws the ValueError of the firmware for a model that it does not start. */
export function requireConvolutionFirst({ model }: KpuTask): void {
  if (model.file.layers[0].type === KPU_CONV) return;
  throw new GuestError('ValueError', '[MAIXPY]kpu: first layer not conv layer!\r\n');
}

function tooMany(count: number): GuestError {
  return new GuestError(
    'RuntimeError',
    `run_yolo2 found ${count} objects: the firmware's array holds ${MOST_OBJECTS}, and the board writes over what lies behind it`,
  );
}

interface Call {
  readonly task: KpuTask;
  readonly planes: Uint8Array;
  readonly freeBytes: number;
}

function run(
  hardware: VirtualHardware,
  { task, planes, freeBytes }: Call,
  settings: RegionSettings,
): readonly FoundObject[] {
  const { width, height, channels } = outputShape(task);
  const classes = Math.floor(channels / ANCHORS) - ENTRIES;
  const boxes = (width * height * settings.anchors.length) / 2;
  const entries = boxes * (classes + ENTRIES);
  // Boxes of 16 bytes, classes + 1 floats, a pointer.
  const heapBytes = boxes * (16 + 4 * (classes + 1) + 8);
  if (classes < 1 || heapBytes > freeBytes || entries > task.model.file.outputs[0].bytes / 4) {
    throw new GuestError('ValueError', '[MAIXPY]kpu: region_layer_init err!\r\n');
  }
  computeOutputs(task, planes);
  task.inference.runInParts(hardware, partOf);
  const map = { output: task.outputs[0], width, height, classes };
  const { objects, work } = decodeRegions(map, settings, { width: task.shape.w, height: task.shape.h });
  pay(hardware, work);
  return objects;
}

const PARTS: Readonly<Record<string, string>> = { K210Conv: 'KPU', K210CopyOut: 'copy-out' };
const partOf = (op: string) => PARTS[op] ?? op;

/** Width, height and channels of the last convolution of the KPU, whatever follows it. */
function outputShape({ model }: KpuTask) {
  const { layers } = model.file;
  const index = layers.findLastIndex(({ type }) => type === KPU_CONV);
  const { wo, ho, cho } = layerInfo(layers[index], index);
  return { width: wo, height: ho, channels: cho };
}

/** The time of the region layer, by its loops. */
function pay(hardware: VirtualHardware, { boxes, classes, comparisons, swaps, overlaps }: RegionWork): void {
  const { trace, nowPs } = hardware;
  const perClass = boxes * classes;
  hardware.spend('yolo2.memory');
  hardware.spend('yolo2.activate', 3 * boxes);
  hardware.spend('yolo2.softmax', perClass);
  hardware.spend('yolo2.box', boxes);
  hardware.spend('yolo2.class', perClass);
  hardware.spend('yolo2.correct', boxes);
  const nmsPs = hardware.nowPs;
  hardware.spend('yolo2.nms', perClass);
  hardware.spend('yolo2.sort', comparisons);
  hardware.spend('yolo2.swap', swaps);
  if (overlaps > 0) hardware.spend('yolo2.overlap', overlaps);
  const endPs = hardware.nowPs;
  hardware.spend('yolo2.output', perClass);
  trace.span('core', 'yolo2 decode', nowPs, nmsPs - nowPs);
  trace.span('core', 'yolo2 NMS', nmsPs, endPs - nmsPs);
}
