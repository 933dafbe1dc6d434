package org.rserpool.conformance;

/**
 * One statement of the conformance checklist.
 *
 * @param number the number, such as {@code PE17}
 * @param level how strongly it is asked for
 * @param section where it stands
 * @param text what it says, in short
 * @param group the heading under which it stands
 */
record Statement(String number, Level level, String section, String text, String group) {

}
