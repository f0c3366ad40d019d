interface Foreign {
  /** Names of custom operators, without regard to case. */
  readonly names: RegExp;
  readonly maker: string;
}

/** Operators that a compiler puts where a part of the network was: code for its accelerator, of which nothing can be read. */
const COMPILED: readonly Foreign[] = [
  { names: /^ethos-?u/i, maker: "Arm's Ethos-U (by Vela)" },
  { names: /^edgetpu-custom-op/i, maker: "Google's Edge TPU (by edgetpu_compiler)" },
  { names: /^(dispatch_op|qnn|htp|hexagon)/i, maker: "Qualcomm's NPU" },
  { names: /^qaic/i, maker: "Qualcomm's Cloud AI 100" },
  { names: /^(neutron|eiq)/i, maker: "NXP's eIQ Neutron" },
  { names: /^(vsi-npu|viv|nbg)/i, maker: "VeriSilicon's NPU" },
  { names: /^(mtk|neuron|apusys)/i, maker: "MediaTek's APU" },
  { names: /^tidl/i, maker: "Texas Instruments' TIDL" },
  { names: /^(aton|st-?ai|neural-?art)/i, maker: "STMicroelectronics' Neural-ART" },
  { names: /^(axon|akida|hailo|memryx|dxnn|synap|coreml|nnapi|xnnpack)/i, maker: 'an accelerator' },
  { names: /(^|[-_])(npu|tpu|dla|apu)([-_]|$)/i, maker: 'an accelerator' },
];

const CUSTOM = 'CUSTOM:';

/**
 * Why no kernel library can have an operator of this name, and what to do: it is code for an accelerator, or an operator
 * of TensorFlow itself; undefined for any other.
 */
export function describeForeignOp(op: string): string | undefined {
  if (op === 'DELEGATE')
    return 'the file was written by a delegate of a phone; pass the file as it was converted';
  if (!op.startsWith(CUSTOM)) return undefined;
  const name = op.slice(CUSTOM.length);
  if (/^Flex[A-Z]/.test(name)) {
    return 'it is an operator of TensorFlow itself (Flex); convert with TFLITE_BUILTINS alone (without SELECT_TF_OPS)';
  }
  const found = COMPILED.find(({ names }) => names.test(name));
  return (
    found && `the file was compiled for ${found.maker}; pass the .tflite file that went into that compiler`
  );
}
