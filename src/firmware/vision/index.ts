import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import type { HostModule } from '../host-module.ts';
import { drawingModule } from './draw-module.ts';
import { extraBufferModule } from './extra-buffers.ts';
import type { ImageFirmware } from './guest-image.ts';
import { imageModule } from './image-module.ts';
import { lcdModule } from './lcd-module.ts';
import { Screen } from './screen.ts';
import { sensorModule } from './sensor-module.ts';
import { Images, type Memory } from './image-heap.ts';

/** The largest frame (VGA) in colour. */
const FRAME_BUFFER_BYTES = 640 * 480 * 2;

/** It lies outside of the guest's heap and is never freed. */
const frameBuffer = (): Memory => ({
  pixels: new ArrayBuffer(FRAME_BUFFER_BYTES),
  ...{ heapBytes: 0, users: 1, hasRoomForPlanes: true, planes: null },
});

/** Python files of image, sensor and lcd that the firmwares share; each has image.py and lcd.py of its own. */
export const VISION_SHIMS: readonly string[] = [
  'vision/_measures.py',
  'vision/_painting.py',
  'vision/_images.py',
  'vision/_sensor_names.py',
  'vision/sensor.py',
];

/** Host modules of image, sensor and lcd for one run; sets the images and the screen of the hardware. */
export function visionModules(hardware: VirtualHardware, firmware: ImageFirmware): readonly HostModule[] {
  const images = new Images(hardware.script.heapBytes.value);
  const screen = new Screen(firmware);
  hardware.images = images;
  hardware.display = screen;
  const parts = { hardware, images, firmware, frameBuffer: frameBuffer() };
  return [
    imageModule(parts),
    drawingModule(parts),
    sensorModule(parts),
    extraBufferModule(parts),
    lcdModule(parts, screen),
  ];
}
