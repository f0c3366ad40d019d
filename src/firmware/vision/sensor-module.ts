import { GuestError } from '../guest-error.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import { VsyncOutput } from '../hardware/vsync-output.ts';
import type { HostModule } from '../host-module.ts';
import { Camera, FRAME_SIZES, seePicture, type Window } from './camera.ts';
import { isGrey, makeImage, planesBytes, writePlanes } from './guest-image.ts';
import type { GuestFormat, GuestImage, ImageFirmware } from './guest-image.ts';
import { FORMATS, type ImageParts } from './image-parts.ts';
import type { Memory } from './image-heap.ts';
import type { FrameData } from '../../simulate/frame/camera-unit.ts';
import type { StartOp } from '../../simulate/frame/frame-op.ts';
import { PS_PER_MS, type Ps } from '../../units.ts';

const TIMEOUT_PS = 300e9;
/** A 16-bit pixel in and out. */
const READ_AND_WRITTEN_BYTES = 4;
/** MaixPy's smallest window and the step of its sides (py_sensor_set_windowing). */
const WINDOW_STEP = 8;

function fail(
  kind: 'ValueError' | 'RuntimeError' | 'OSError' | 'TypeError' | 'NotImplementedError',
  message: string,
): never {
  throw new GuestError(kind, message);
}

/** The sensor as a script set it up, and the frame buffer that every snapshot shares. */
class Sensor {
  readonly #hardware: VirtualHardware;
  readonly #firmware: ImageFirmware;
  readonly #memory: Memory;
  #camera: Camera | null = null;
  #format: GuestFormat | null = null;
  #frame: readonly [width: number, height: number] | null = null;
  #window: Window | null = null;
  #asked: Pick<StartOp, 'cameraHz' | 'buffers'> = {};
  #startedPs: Ps = 0;
  #vsyncPin: string | null = null;
  readonly #vsync: VsyncOutput;
  isRunning = true;
  mirrors = false;
  flips = false;

  constructor({ hardware, firmware, frameBuffer }: ImageParts) {
    this.#hardware = hardware;
    this.#firmware = firmware;
    this.#memory = frameBuffer;
    this.#vsync = new VsyncOutput((level) => {
      hardware.spend('interrupt');
      hardware.drivePin!(this.#vsyncPin!, level);
    });
    hardware.clockworks.add(this.#vsync);
  }

  get frame(): readonly [width: number, height: number] {
    return this.#frame ?? [0, 0];
  }

  get window(): Window {
    return this.#window ?? { x: 0, y: 0, width: 0, height: 0 };
  }

  /** With a clock for the sensor and a number of buffers where they are not 0. */
  reset(hz: number, buffers: number): void {
    const { camera, frames } = this.#hardware;
    if (buffers > (frames?.path.mostBuffers.value ?? 1)) fail('TypeError', 'extra keyword arguments given');
    this.#asked = { ...(hz > 0 && { cameraHz: hz }), ...(buffers > 0 && { buffers }) };
    if (!camera || camera.count === 0) {
      fail('RuntimeError', 'the camera has no pictures: give it a folder, a file or mnist with --camera');
    }
    this.#vsyncPin = null;
    this.#vsync.stop();
    this.#hardware.advancePs(this.#hardware.waitPs('sensor.reset'));
    this.#camera = new Camera(camera);
    [this.#format, this.#frame, this.#window] = [null, null, null];
    [this.isRunning, this.mirrors, this.flips] = [true, false, false];
  }

  /** One setting of the sensor takes some registers over its slow bus. */
  configure(): void {
    this.#hardware.advancePs(this.#hardware.waitPs('sensor.setting'));
  }

  setFormat(format: GuestFormat): void {
    this.#format = format;
    this.configure();
    this.#sendFrames();
  }

  setFrame(width: number, height: number): void {
    this.#frame = [width, height];
    this.#window = { x: 0, y: 0, width, height };
    this.configure();
    this.#sendFrames();
  }

  /** From when it is set up, the sensor sends frames of its own accord. */
  #sendFrames(): void {
    if (!this.#format || !this.#window) return;
    this.#hardware.wait(this.#startOp(this.#format, this.#window), 'sensor.start');
    this.#startedPs = this.#hardware.nowPs;
    this.#followFrames();
  }

  /** The pin of this name shows when frames come, until a reset. Throws a GuestError where that is not modelled. */
  showVsync(pin: string): void {
    if (!this.#hardware.drivePin) fail('NotImplementedError', 'sensor.set_vsync_output is not modelled');
    this.#vsyncPin = pin;
    this.#followFrames();
  }

  #followFrames(): void {
    const timing = this.#hardware.frames?.player.system.camera.timing;
    if (this.#vsyncPin === null || !timing) return;
    this.#vsync.follow(timing, this.#startedPs, this.#hardware.nowPs);
  }

  #startOp(format: GuestFormat, window: Window): StartOp {
    const [width, height] = this.frame;
    const shape = { width, height, isColour: format !== 'grayscale' };
    return { kind: 'start', shape, data: this.#dataOf(format, window), ...this.#asked };
  }

  #dataOf(format: GuestFormat, { width, height }: Window): FrameData {
    const { colourBytes, greyBytes } = this.#hardware.frames!.path;
    const pixelBytes = format === 'grayscale' ? greyBytes : colourBytes;
    return { lines: height, lineBytes: width * pixelBytes.value };
  }

  /** Throws the firmware's ValueErrors for a window that is too small, outside of the frame or, MaixPy, no multiple of 8. */
  setWindow(window: Window): void {
    const [frameWidth, frameHeight] = this.frame;
    const { x, y, width, height } = window;
    const smallest = this.#firmware === 'maixpy' ? WINDOW_STEP : 1;
    if (width < smallest || height < smallest) fail('ValueError', 'The selected window is too small');
    if (x < 0 || y < 0 || x + width > frameWidth || y + height > frameHeight) {
      fail('ValueError', 'The selected window is outside the bounds of the frame');
    }
    if (this.#firmware === 'maixpy' && (width % WINDOW_STEP !== 0 || height % WINDOW_STEP !== 0)) {
      fail('ValueError', 'value must be multiple of 8');
    }
    this.#window = window;
    if (this.#format)
      this.#hardware.wait({ kind: 'window', data: this.#dataOf(this.#format, window) }, 'sensor.window');
  }

  waitForFrame(isSkipped: boolean): Camera {
    if (!this.#camera || !this.#format || !this.#window) fail('RuntimeError', 'Not init!');
    if (!this.isRunning) {
      this.#hardware.advancePs(TIMEOUT_PS);
      fail('RuntimeError', 'Sensor timeout!');
    }
    this.#hardware.spend('sensor.snapshot');
    this.#hardware.wait({ kind: 'capture', isSkipped }, 'camera (wait)');
    return this.#camera;
  }

  /** Takes so many frames and drops them, or as many as begin within the span and the run. */
  skipFrames(frames: number, spanPs: Ps): void {
    const endPs = Math.min(this.#hardware.nowPs + spanPs, this.#hardware.limitPs);
    for (let frame = 0; frame < frames && this.#hardware.nowPs < endPs; frame++) {
      this.waitForFrame(true);
      this.#readOut();
    }
  }

  /** What the firmware does to the pixels once they are there. */
  #readOut(): void {
    const { width, height } = this.#window!;
    const name = this.#format === 'grayscale' ? 'sensor.grey.pixel' : 'sensor.colour.pixel';
    this.#hardware.spendLoop(name, width * height, READ_AND_WRITTEN_BYTES * width * height);
  }

  /** The next picture in the frame buffer, as an image of it. */
  snapshot(): GuestImage {
    if (!this.#format || !this.#window) fail('RuntimeError', 'Not init!');
    const picture = this.waitForFrame(false).takePicture();
    this.#readOut();
    const { mirrors, flips } = this;
    const settings = { format: this.#format, window: this.#window, mirrors, flips };
    const seen = seePicture(picture, settings, this.#firmware);
    const image = makeImage(seen.width, seen.height, seen.format, this.#memory.pixels);
    image.pixels.set(seen.pixels);
    if (this.#firmware === 'maixpy') this.#fillPlanes(image);
    return image;
  }

  /** The K210's camera port writes the accelerator's planes itself; a grey image lies in them (sensor_snapshot). */
  #fillPlanes(image: GuestImage): void {
    if (isGrey(image)) {
      this.#memory.planes = new Uint8Array(this.#memory.pixels, 0, image.width * image.height);
      return;
    }
    this.#memory.planes = new Uint8Array(planesBytes(image));
    writePlanes(image, this.#memory.planes);
  }
}

/** The camera of both firmwares. When frames come: `simulate/frame`; what they show: `camera.ts`. */
export function sensorModule(parts: ImageParts): HostModule {
  const { hardware, images, firmware, frameBuffer } = parts;
  const sensor = new Sensor(parts);
  return {
    sensor_reset: (hz = 0, buffers = 0) => sensor.reset(hz, buffers),
    sensor_setting: () => sensor.configure(),
    sensor_set_pixformat: (format: number) => sensor.setFormat(FORMATS[format]),
    sensor_sizes: () => JSON.stringify(Object.keys(FRAME_SIZES[firmware])),
    sensor_set_framesize(name: string) {
      const [width, height] = FRAME_SIZES[firmware][name];
      sensor.setFrame(width, height);
    },
    sensor_set_windowing: (x: number, y: number, width: number, height: number) =>
      sensor.setWindow({ x, y, width, height }),
    sensor_run(isRunning: boolean) {
      sensor.isRunning = isRunning;
    },
    sensor_set_hmirror(mirrors: boolean) {
      sensor.mirrors = mirrors;
      sensor.configure();
    },
    sensor_set_vflip(flips: boolean) {
      sensor.flips = flips;
      sensor.configure();
    },
    sensor_vsync_output: (pin: string) => sensor.showVsync(pin),
    sensor_id: () => hardware.frames?.player.system.sensorId ?? '',
    sensor_width: () => sensor.frame[0],
    sensor_height: () => sensor.frame[1],
    sensor_window: () => JSON.stringify(Object.values(sensor.window)),
    /** Frames go by, pictures do not: the next snapshot shows the picture that it would have shown before. */
    sensor_skip_frames(frames: number, ms: number) {
      sensor.skipFrames(frames, ms * PS_PER_MS);
    },
    sensor_snapshot() {
      const image = sensor.snapshot();
      return images.share(image, frameBuffer);
    },
  };
}
