import type { FirmwareKit } from '../kit.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import type { HostModule } from '../host-module.ts';
import { drawingModule } from './draw-module.ts';
import type { ImageFirmware } from './guest-image.ts';
import { askingModule, changingModule, makingModule } from './image-module.ts';
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

/** The host modules of one run; sets the images and the screen of the hardware. */
function imageModules(hardware: VirtualHardware, firmware: ImageFirmware): readonly HostModule[] {
  const images = new Images(hardware.script.heapBytes.value);
  const screen = new Screen(firmware);
  hardware.images = images;
  hardware.display = screen;
  const parts = { hardware, images, firmware, frameBuffer: frameBuffer() };
  return [
    makingModule(parts),
    changingModule(parts),
    askingModule(parts),
    drawingModule(parts),
    sensorModule(parts),
    lcdModule(parts, screen),
  ];
}

function imageKit(id: ImageFirmware): FirmwareKit {
  return {
    id,
    shims: ['vision/_images.py', `${id}/image.py`, 'vision/sensor.py', `${id}/lcd.py`],
    aliases: {},
    modules: (hardware) => imageModules(hardware, id),
  };
}

/** image, sensor and lcd for MaixPy; its `modules` set `hardware.images` and `hardware.display`. */
export const MAIXPY_IMAGES: FirmwareKit = imageKit('maixpy');

/** image, sensor and lcd for OpenMV. */
export const OPENMV_IMAGES: FirmwareKit = imageKit('openmv');
