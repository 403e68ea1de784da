/** The browser client: no class, only the resources in {@code META-INF/resources/im/}. */
module im.pair.web {}
