/** Of pictures in the text; larger ones are attached. Bytes: a `data:` address of it is several times in memory. */
export const MAX_PICTURE_SIZE = 4 * 1024 * 1024;

const TYPE = /^image\/(png|jpeg|gif|webp)$/;

/** Whether a file can stand in the text. Drawings (SVG) cannot: they are documents of their own. */
export const fitsIntoText = ({ type, size }: File): boolean => TYPE.test(type) && size <= MAX_PICTURE_SIZE;
