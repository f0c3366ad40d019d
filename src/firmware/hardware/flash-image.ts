/** Bytes that lie in the flash from an address on. */
export interface FlashWriteView {
  readonly address: number;
  readonly bytes: Uint8Array;
  /** Where they came from, for messages. */
  readonly name: string;
}

/** What lies in the flash from an address on, up to the end of that file; undefined where nothing was written. */
export function flashBytesAt(flash: readonly FlashWriteView[], address: number): FlashWriteView | undefined {
  // The file written last lies on top.
  const found = flash.findLast(
    (write) => address >= write.address && address < write.address + write.bytes.length,
  );
  return found && { ...found, address, bytes: found.bytes.subarray(address - found.address) };
}
