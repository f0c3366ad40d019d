/** What instruments make of a trace: oscilloscope, logic analyser (VCD), Perfetto. */
export {
  readScope,
  type ScopeMeasurement,
  type ScopeReading,
  type ScopeSettings,
} from '../instruments/oscilloscope.ts';
export { writePerfetto, type PerfettoOptions } from '../instruments/perfetto.ts';
export { measurePulses, pinEdges, pinNames, type PinEdge, type Pulses } from '../instruments/pins.ts';
export { readVcd, type VcdDocument } from '../instruments/read-vcd.ts';
export { writeVcd, type VcdOptions } from '../instruments/vcd.ts';
