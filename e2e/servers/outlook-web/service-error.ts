/** An answer of class Error; `code` is a ResponseCode of Exchange Web Services. */
export class ServiceError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
