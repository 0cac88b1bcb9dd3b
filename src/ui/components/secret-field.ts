import { useEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";

/** The field opens late, so that keys meant for the page below do not land in it, and the mark is seen first. */
const FIELD_DELAY_MS = 300;

/** A field for a secret, which gets the focus when it opens. */
export function useLateField(): { readonly field: RefObject<HTMLInputElement | null>; readonly isReady: boolean } {
  const field = useRef<HTMLInputElement>(null);
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setReady(true);
    }, FIELD_DELAY_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  useEffect(() => {
    if (isReady) field.current?.focus();
  }, [isReady]);
  return { field, isReady };
}

/** Seconds until a next try, from one second to the next; 0 where it may be made. */
export function useWait(until: number | null): number {
  const secondsLeft = (): number => (until === null ? 0 : Math.max(0, Math.ceil((until - Date.now()) / 1000)));
  const [seconds, setSeconds] = useState(secondsLeft);
  useEffect(() => {
    setSeconds(secondsLeft);
    const timer = setInterval(() => {
      setSeconds(secondsLeft);
    }, 250);
    return () => {
      clearInterval(timer);
    };
  }, [until]);
  return seconds;
}
