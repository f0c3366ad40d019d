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

/** MaixPy: the largest frame (VGA) in colour. OpenMV: OMV_RAW_BUF_SIZE of the H7 Plus (OPENMV4P omv_boardconfig.h), 16 MiB. */
const FRAME_BUFFER_BYTES: Readonly<Record<ImageFirmware, number>> = {
  maixpy: 640 * 480 * 2,
  openmv: 16 * 2 ** 20,
};

/** It lies outside of the guest's heap and is never freed. */
const frameBuffer = (firmware: ImageFirmware): Memory => ({
  pixels: new ArrayBuffer(FRAME_BUFFER_BYTES[firmware]),
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
  const parts = { hardware, images, firmware, frameBuffer: frameBuffer(firmware) };
  return [
    imageModule(parts),
    drawingModule(parts),
    sensorModule(parts),
    extraBufferModule(parts),
    lcdModule(parts, screen),
  ];
}
