/** Appends little-endian values to a growing file. */
export class ByteWriter {
  #bytes = new Uint8Array(4096);
  #view = new DataView(this.#bytes.buffer);
  #position = 0;

  get position(): number {
    return this.#position;
  }

  u32(value: number): void {
    const at = this.#take(4);
    this.#view.setUint32(at, value, true);
  }

  i32(value: number): void {
    const at = this.#take(4);
    this.#view.setInt32(at, value, true);
  }

  f32(value: number): void {
    const at = this.#take(4);
    this.#view.setFloat32(at, value, true);
  }

  u64(value: bigint): void {
    const at = this.#take(8);
    this.#view.setBigUint64(at, value, true);
  }

  bytes(values: Uint8Array): void {
    const start = this.#take(values.length);
    this.#bytes.set(values, start);
  }

  floats(values: Float32Array): void {
    this.bytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }

  /** Zeros up to the next multiple of `alignment`, counted from the start of the file. */
  align(alignment: number): void {
    this.padTo(Math.ceil(this.#position / alignment) * alignment);
  }

  /** Zeros up to `position`. */
  padTo(position: number): void {
    this.#take(position - this.#position);
  }

  /** Writes a u32 over one that stands already. */
  patchU32(at: number, value: number): void {
    this.#view.setUint32(at, value, true);
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#position);
  }

  #take(count: number): number {
    const start = this.#position;
    this.#position += count;
    if (this.#position > this.#bytes.length) this.#grow();
    return start;
  }

  #grow(): void {
    const larger = new Uint8Array(Math.max(this.#position, 2 * this.#bytes.length));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
