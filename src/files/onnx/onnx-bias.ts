import { valuesOf, type Context } from './onnx-context.ts';

/** The bias of a layer; one of zeros where it has none, as .tflite files have it. */
export function placeBias(
  context: Context,
  name: string | undefined,
  outputs: number,
  layer: string,
): number {
  const given = context.constantOf(name);
  if (name !== undefined && name !== '' && !given) context.fail('its bias must be constant');
  const values = given ? valuesOf(given.tensor) : new Array<number>(outputs).fill(0);
  const tensor = context.net.constant(
    name ?? `${layer}_bias`,
    [outputs],
    values,
    given?.quantization ? 'int32' : 'float32',
  );
  if (given?.quantization) context.net.quantize(tensor, 'int32', { ...given.quantization, axis: 0 });
  return tensor;
}
