/** What files hold, in and out: models, packages for the flash, arrays, pictures. Bytes in, bytes out. */
export { graphFromBytes, modelFromBytes } from '../files/load-model.ts';
export { readOnnx } from '../files/onnx/read-onnx.ts';
export { readTflite, writeTflite } from '../files/tflite.ts';
export { emptyFlash, writeFlash, type FlashWrite } from '../models/formats/kfpkg/flash.ts';
export { readKfpkg, writeKfpkg, type KfpkgEntry } from '../models/formats/kfpkg/kfpkg.ts';
export { readNpy, writeNpy, type NpyArray } from '../models/formats/npy.ts';
export type { Image } from '../pictures/image.ts';
export { encodeJpeg } from '../pictures/jpeg.ts';
export { encodePng } from '../pictures/png.ts';
export { readPicture, readPicture as readImage } from '../pictures/read-picture.ts';
