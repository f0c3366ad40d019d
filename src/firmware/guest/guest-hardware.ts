import type { CameraSource } from '../hardware/devices.ts';
import { VirtualHardware } from '../hardware/virtual-hardware.ts';
import { reportFrames, type FrameReport } from '../../simulate/frame/frame-report.ts';
import type { GuestRequest, Picture } from './guest-request.ts';

/** What became of the camera's frames, where a run was asked for that and its script took any. */
export function framesOf({ frames: loop }: VirtualHardware, request: GuestRequest): FrameReport | undefined {
  if (!request.reportsFrames || !loop) return undefined;
  return reportFrames(loop.player.frames, loop.tape.ops, request.board, request.frames ?? {});
}

/** The board of a run, switched on. */
export function hardwareOf(request: GuestRequest): VirtualHardware {
  const { board, limitPs, flash, files = {}, pictures, devices, records, edges, frames } = request;
  return new VirtualHardware({
    ...{ board, limitPs, files: new Map(Object.entries(files)) },
    ...(flash && { flash }),
    ...(devices && { devices }),
    ...(pictures && { camera: cameraOf(pictures) }),
    ...(records !== undefined && { records }),
    ...(edges !== undefined && { edges }),
    ...(frames && { frames }),
  });
}

function cameraOf(pictures: readonly Picture[]): CameraSource {
  const at = (index: number) => pictures[index % pictures.length];
  return { count: pictures.length, nameOf: (index) => at(index).name, frame: at };
}
