/** The functions as Excel loads them, after the runtime that they announce themselves to. */
import "../host/runtime";
import "../functions/functions";
