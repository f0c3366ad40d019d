import { openmvH7Plus } from '../../boards/index.ts';

/** The board of the rows that are replayed. */
export const REPLAY_BOARD = openmvH7Plus;

/** A published rate of a loop over camera frames (data/frames.csv). */
export interface PublishedFrames {
  readonly id: string;
  /** Frames a second, or the reciprocal of the period that was printed. */
  readonly fps: number;
  /** How it is replayed; a text says why it is not. */
  readonly replay: FrameReplay | string;
}

/** A loop as its row describes it; what a row leaves open is nothing that its rate hangs on. */
export interface FrameReplay {
  readonly width: number;
  readonly height: number;
  /** Two bytes a pixel on their way out of the sensor; compressed and grey frames take one. */
  readonly isColour: boolean;
  /** The IDE compresses each frame before the next is taken. */
  readonly compressesForIde?: boolean;
  /** Rate of the sensor as the row's source states it, for sensors that no board here carries. */
  readonly sensorFps?: number;
}

const NO_RATE = 'no rate that somebody measured: a statement or a claim';
const USB = 'bound by USB, and the size of the compressed frames is not given';
const snapshots = (width: number, height: number): FrameReplay => ({ width, height, isColour: false });

/** Every row of data/frames.csv in its order. */
export const PUBLISHED_FRAMES: readonly PublishedFrames[] = [
  { id: 'omv-fb-vga-jpeg', fps: 47.6, replay: snapshots(640, 480) },
  { id: 'omv-fb-wqxga2-jpeg', fps: 7.5, replay: snapshots(2592, 1944) },
  { id: 'omv-usb-vga-jpeg', fps: 11.7, replay: USB },
  { id: 'omv-usb-hd-jpeg', fps: 4.7, replay: USB },
  { id: 'omv-fb-qvga-jpeg-stream', fps: 45, replay: snapshots(320, 240) },
  {
    id: 'omv-ide-jpeg-vga',
    fps: 20,
    replay: 'one compression and no loop: the price of the IDE is taken from it',
  },
  { id: 'omv-h7-ov7725-qvga', fps: 150, replay: NO_RATE },
  { id: 'omv-ov5640-readout-120', fps: 120, replay: NO_RATE },
  {
    id: 'omv-mt9v034-triple',
    fps: 146,
    replay: 'the frame time of its sensor at that exposure is not given',
  },
  { id: 'omv-h7-gray-save', fps: 30, replay: 'saving to a card is in it, and its speed is not given' },
  { id: 'omv-m7-qqvga-pin', fps: 86, replay: { ...snapshots(160, 120), sensorFps: 92 } },
  {
    id: 'omv-lcd-shield-spi',
    fps: 1000 / 28,
    replay: 'a driver before the one that is described, at a clock that is not given',
  },
  { id: 'omv-yolo-h7', fps: 2.5, replay: NO_RATE },
  { id: 'omv-mt9m114', fps: 80, replay: NO_RATE },
  { id: 'unitv-12mhz', fps: 10, replay: 'neither the sensor nor the size of the frames is stated' },
  {
    id: 'yolo20-maixgo',
    fps: 19.5,
    replay: 'the layers of the network are not given, so its time is not known',
  },
  { id: 'face24ms', fps: 1000 / 24, replay: 'one call and no loop: it judges run_yolo2, not the camera' },
  { id: 'sipeed691-face', fps: 60, replay: NO_RATE },
  { id: 'sipeed691-mbv1', fps: 25, replay: NO_RATE },
  { id: 'gc0328-26fps', fps: 26, replay: NO_RATE },
  { id: 'k210-exchange', fps: 1000 / 3, replay: NO_RATE },
  { id: 'k210-marketing', fps: 60, replay: NO_RATE },
  {
    id: 'ov2640-esp32-20mhz',
    fps: 1000 / 30,
    replay: "another host, and the sensor's constant is taken from it",
  },
  { id: 'k210-yolo-sdk-0.2', fps: 0.2, replay: 'bound by a post-processing in C that is not described' },
  { id: 'omv-fb-hd-jpeg', fps: 28.6, replay: snapshots(1280, 720) },
  {
    id: 'omv-ide-qvga-rgb565',
    fps: 23,
    replay: { width: 320, height: 240, isColour: true, compressesForIde: true },
  },
  { id: 'omv-fb-sxga-jpeg', fps: 1000 / 70, replay: snapshots(1280, 1024) },
];
