/** Enhanced Security Services (RFC 2634 appendix A). */
export const Ess = {
  /** Content type of a receipt. */
  receipt: "1.2.840.113549.1.9.16.1.1",
  receiptRequest: "1.2.840.113549.1.9.16.2.1",
  securityLabel: "1.2.840.113549.1.9.16.2.2",
  mlExpansionHistory: "1.2.840.113549.1.9.16.2.3",
  msgSigDigest: "1.2.840.113549.1.9.16.2.5",
  equivalentLabels: "1.2.840.113549.1.9.16.2.9",
} as const;
