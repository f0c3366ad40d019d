import { readDevices, requireDistinct } from '../../firmware/buses/read-devices.ts';
import type { ScriptedDevice } from '../../firmware/hardware/scripted-device.ts';
import { readJson } from '../inputs.ts';

/** Devices of all files of `--device`. Throws a SpecError or FormatError of one line, also where two files give the same. */
export async function readDeviceOptions(paths: readonly string[]): Promise<ScriptedDevice[]> {
  const lists = await Promise.all(paths.map(async (path) => readDevices(await readJson(path), path)));
  const devices = lists.flat();
  requireDistinct(devices, '--device');
  return devices;
}
