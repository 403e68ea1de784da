package im.pair.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/** Marks what forbidden-apis, which knows it by its name, should let pass. */
@Target(ElementType.METHOD)
@interface SuppressForbidden {}
