import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill'
import program from 'zxing-wasm/reader/zxing_reader.wasm?url'

/** Reads barcodes where the browser has no detector of its own (Safari, Firefox, Chromium on Linux). Loaded by whoever opens the camera there. */
export async function detector(): Promise<BarcodeDetector> {
  await prepareZXingModule({ overrides: { locateFile: () => program }, fireImmediately: true })
  return new BarcodeDetector()
}
